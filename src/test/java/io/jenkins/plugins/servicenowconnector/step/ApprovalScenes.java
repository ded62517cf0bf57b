package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Short Pipelines that wait for approvals, one after the other in one Jenkins: each has tickets of its own. */
final class ApprovalScenes {

    private final JenkinsRule jenkins;
    private final Simulator servicenow;

    /** With the connectors {@code prod}, which may be asked every second, and {@code gate}, which only reads. */
    ApprovalScenes(JenkinsRule jenkins, Simulator servicenow) throws Exception {
        this.jenkins = jenkins;
        this.servicenow = servicenow;
        SampleInstance.prepare(servicenow);
        SampleInstance.connect(servicenow);
        ServiceNowConnectors.get().setConnectors(List.of());
        connector("prod", null);
        connector("gate", null).getUse().setOperations(List.of("read"));
        ServiceNowConnectors.get().setDefaultConnector("prod");
    }

    /** One more connector, with approval defaults; null for none. */
    Connector connector(String id, ApprovalDefaults defaults) {
        Connector connector =
                new Connector("Instance " + id, servicenow.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        connector.setId(id);
        connector.setSkipValidation(true);
        UseRules everything = new UseRules();
        everything.setOperations(List.of("read", "create", "update"));
        everything.setTicketTypes("*");
        connector.setUse(everything);
        CallLimits quick = new CallLimits();
        quick.setSmallestRetryInterval("1s");
        quick.setPollsPerMinute("6000");
        connector.setLimits(quick);
        connector.setApprovalDefaults(defaults == null ? List.of() : List.of(defaults));
        List<Connector> all = new ArrayList<>(ServiceNowConnectors.get().getConnectors());
        all.add(connector);
        ServiceNowConnectors.get().setConnectors(all);
        return connector;
    }

    /** A change with these values, field after value; approved and scheduled if there are none. */
    Row change(String... values) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("state", "-2", "approval", "approved"));
        for (int i = 0; i < values.length; i += 2) {
            all.put(values[i], values[i + 1]);
        }
        return servicenow.tables().seed("change_request", all);
    }

    /** A time on the instance's clock as it is stored there. */
    String in(Duration time) {
        return InstanceClock.stored(servicenow.clock().now().plus(time));
    }

    /** A build of this script that has begun. */
    WorkflowRun start(String script) throws Exception {
        return Pipelines.start(jenkins, "scene-" + jenkins.jenkins.getItems().size(), script);
    }

    /** A build of this script that has ended. */
    WorkflowRun run(String script) throws Exception {
        return jenkins.waitForCompletion(start(script));
    }

    /** The end of a build, told by the words of its log. */
    WorkflowRun ends(WorkflowRun build, String result, String... words) throws Exception {
        jenkins.waitForCompletion(build);
        String log = JenkinsRule.getLog(build);
        assertThat(build.getResult()).as(log).hasToString(result);
        List.of(words).forEach(each -> assertThat(log).contains(each));
        return build;
    }

    /** The same for a script. */
    WorkflowRun ends(String script, String result, String... words) throws Exception {
        return ends(start(script), result, words);
    }

    /** The step for a ticket, with further parameters. */
    static String step(Row ticket, String... more) {
        return "serviceNowApproval connector: 'prod', retryInterval: '1s', ticketNumber: '" + ticket.number() + "'"
                + (more.length == 0 ? "" : ", " + String.join(", ", more)) + "\n";
    }
}
