package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class BadInputTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** What a Pipeline writes, with the beginning of the sentence that it gets. */
    private static final Map<String, String> REFUSED = new LinkedHashMap<>();

    static {
        REFUSED.put("serviceNowApproval ticketNumber: ''", "ticketNumber must not be blank");
        REFUSED.put("serviceNowApproval ticketNumber: 'null'", "ticketNumber is 'null'");
        REFUSED.put("serviceNowApproval ticketNumber: 'CHG1^ORactive=true'", "ticketNumber is 'CHG1^ORactive=true'");
        REFUSED.put("serviceNowApproval ticketNumber: 'javascript:gs.x()'", "ticketNumber is 'javascript:gs.x()'");
        REFUSED.put("serviceNowApproval ticketNumber: 'CHG\\n1'", "ticketNumber is 'CHG?1'");
        REFUSED.put("serviceNowApproval sysId: 'abc'", "sysId is 'abc'");
        REFUSED.put("serviceNowApproval ticketNumber: 'CHG1', sysId: 'a' * 32", "ticketNumber and sysId exclude");
        REFUSED.put("serviceNowApproval ticketType: 'incident', ticketNumber: 'INC1'", "approvalCriteria");
        REFUSED.put(
                "serviceNowApproval ticketNumber: 'CHG1', retryInterval: '1s'", "retryInterval must be at least 10s");
        REFUSED.put("serviceNowApproval ticketNumber: 'CHG1', timeout: 'soon'", "timeout is not a duration");
        REFUSED.put("serviceNowApproval ticketNumber: 'CHG1', timeout: '99w'", "timeout is longer than");
        REFUSED.put(
                "serviceNowApproval ticketNumber: 'CHG1', approvalCriteria: [expression: 'ticket.state.value =']",
                "approvalCriteria expression");
        REFUSED.put("serviceNowApproval ticketNumber: 'CHG1', connector: 'other'", "connector 'other' does not exist");
        REFUSED.put("serviceNowCreate ticketType: 'in^cident'", "ticketType is 'in^cident'");
        REFUSED.put("serviceNowCreate ticketType: 'sysapproval_approver'", "ticketType is sysapproval_approver");
        REFUSED.put("serviceNowCreate fields: [approval: 'approved']", "fields names 'approval'");
        REFUSED.put("serviceNowCreate fields: ['a.b': '1']", "fields is 'a.b'");
        REFUSED.put("serviceNowCreate fields: [risk: null]", "fields.risk must not be null");
        REFUSED.put("serviceNowCreate fields: [risk: 'javascript:x']", "fields.risk must not begin with 'javascript:'");
        REFUSED.put("serviceNowCreate fields: [risk: [a: 1]]", "fields.risk must be a text");
        REFUSED.put("serviceNowCreate changeType: 'big'", "changeType must be normal");
        REFUSED.put("serviceNowCreate ticketType: 'incident', requestApproval: true", "requestApproval is for tickets");
        REFUSED.put("serviceNowCreate ticketType: 'incident', changeType: 'normal'", "changeType belongs to tickets");
        REFUSED.put("serviceNowCreate ticketType: 'incident', changeModel: 'x'", "changeModel belongs to tickets");
        REFUSED.put(
                "serviceNowCreate ticketType: 'incident', changeTemplate: 'x'", "changeTemplate belongs to tickets");
        REFUSED.put("serviceNowCreate ticketType: 'task', requestedBy: 'x'", "requestedBy belongs to tickets");
        REFUSED.put(
                "serviceNowUpdate query: 'active=true', limit: 0, fields: [risk: 3]", "limit must be between 1 and");
        REFUSED.put("serviceNowGet query: 'active=true', limit: 0", "limit must be between 1 and");
        REFUSED.put("serviceNowCreate agentLabel: 'a &&'", "agentLabel is no label expression");
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void badInputIsRefusedByNameBeforeAnyCall(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        StringBuilder script = new StringBuilder();
        REFUSED.keySet()
                .forEach(step -> script.append("try { ")
                        .append(step)
                        .append("; echo 'NOT REFUSED' } catch (e) { echo \"refused: ${e.message}\" }\n"));

        WorkflowRun build = Pipelines.start(jenkins, "refused", script.toString());

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        String log = JenkinsRule.getLog(build);
        assertThat(log).doesNotContain("NOT REFUSED");
        assertThat(REFUSED.values()).allSatisfy(sentence -> assertThat(log).contains("refused: " + sentence));
        assertThat(SERVICENOW.requestCount()).isZero();
    }
}
