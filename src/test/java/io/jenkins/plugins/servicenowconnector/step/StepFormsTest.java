package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalCondition;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepFormsTest {

    @Test
    void configRoundTripOfCreate(JenkinsRule jenkins) throws Exception {
        ServiceNowCreateStep step = create();

        ServiceNowCreateStep again = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, again);
    }

    @Test
    void configRoundTripOfApproval(JenkinsRule jenkins) throws Exception {
        ServiceNowApprovalStep step = approval();

        ServiceNowApprovalStep again = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, again);
    }

    @Test
    void configRoundTripOfNothingStoresNothing(JenkinsRule jenkins) throws Exception {
        jenkins.assertEqualDataBoundBeans(
                new ServiceNowCreateStep(), new StepConfigTester(jenkins).configRoundTrip(new ServiceNowCreateStep()));
        jenkins.assertEqualDataBoundBeans(
                new ServiceNowApprovalStep(),
                new StepConfigTester(jenkins).configRoundTrip(new ServiceNowApprovalStep()));
    }

    @Test
    void snippetsReadAsTheDocumentationWritesThem(JenkinsRule jenkins) throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);

        snippets.assertRoundTrip(
                create(),
                "serviceNowCreate agentLabel: 'dmz', changeType: 'emergency', connector: 'prod', description: 'all of it',"
                        + " fields: [risk: '3', short_description: 'y'], requestApproval: true, shortDescription: 'x',"
                        + " ticketType: 'change_request', timeout: '5m'");
        snippets.assertRoundTrip(new ServiceNowCreateStep(), "serviceNowCreate()");
    }

    private static ServiceNowCreateStep create() {
        ServiceNowCreateStep step = new ServiceNowCreateStep();
        step.setConnector("prod");
        step.setAgentLabel("dmz");
        step.setTimeout("5m");
        step.setTicketType("change_request");
        step.setShortDescription("x");
        step.setDescription("all of it");
        step.setChangeType("emergency");
        step.setRequestApproval(true);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("risk", "3");
        fields.put("short_description", "y");
        step.setFields(fields);
        return step;
    }

    private static ServiceNowApprovalStep approval() {
        ServiceNowApprovalStep step = new ServiceNowApprovalStep();
        step.setConnector("prod");
        step.setAgentLabel("dmz");
        step.setTimeout("2d");
        step.setTicketType("change_request");
        step.setTicketNumber("CHG0030001");
        step.setApprovalCriteria(criteria("state", "in", "-2,-1"));
        step.setRejectionCriteria(criteria("state", "=", "4"));
        step.setMustMatch(criteria("cmdb_ci.name", "=", "payments"));
        ApprovalWindow window = new ApprovalWindow();
        window.setStart("start_date");
        window.setEnd("end_date");
        step.setChangeWindow(window);
        step.setOnConflict("approve");
        step.setOnSentBack("reject");
        step.setOnWindowMissed("wait");
        step.setRetryInterval("30s");
        step.setReturnOutcome(true);
        return step;
    }

    private static ApprovalCriteria criteria(String field, String operator, String value) {
        ApprovalCondition condition = new ApprovalCondition();
        condition.setField(field);
        condition.setOperator(operator);
        condition.setValue(value);
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setMatch("any");
        criteria.setConditions(List.of(condition));
        criteria.setExpression("ticket.state.value == \"-1\"");
        return criteria;
    }
}
