package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a restart of Jenkins leaves of updates, imports and reports. */
class RestartedWritesTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** The write is done at once, and its answer does not come while Jenkins is up. */
    private static final Fault UNANSWERED = Fault.silentThenLateCommit(Duration.ofMinutes(5), Duration.ZERO);

    private static final String RESTARTED = "Jenkins was restarted while this step was at work";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void whatWaitedForAnAgentIsDoneOnceAndWhatMayHaveArrivedIsNotSentAgain() throws Throwable {
        SampleInstance.prepare(SERVICENOW);
        SERVICENOW.switches().unwritable("incident.impact");
        Row noted = SERVICENOW.tables().seed("incident", Map.of("number", "INC7"));
        Row own = SERVICENOW.tables().seed("incident", Map.of("number", "INC8"));
        sessions.then(jenkins -> {
            connectTwice("nowhere");
            waitForAnAgent(jenkins);
            beUnderWay(jenkins, noted, own);
        });
        sessions.then(jenkins -> {
            connectTwice(null);
            for (String job : List.of("import-waits", "report-waits", "update-waits", "update-noted")) {
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins, job)));
            }
            jenkins.assertLogContains(RESTARTED + ": fields are compared", build(jenkins, "update-noted"));
            jenkins.assertLogNotContains(RESTARTED, build(jenkins, "update-waits"));
            for (String job : List.of("import-sent", "update-own")) {
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build(jenkins, job)));
                jenkins.assertLogContains(RESTARTED + ". What it sent may have arrived", build(jenkins, job));
            }
        });
        assertThat(titles()).containsOnlyOnce("waits", "sent");
        assertThat(notes(SERVICENOW.desk().task("CHG1")))
                .singleElement()
                .asString()
                .contains("has no result so far");
        assertThat(notes(SERVICENOW.desk().task(SampleInstance.CHANGE)))
                .singleElement()
                .asString()
                .contains("mine", "update-waits #1");
        assertThat(notes(noted)).singleElement().asString().contains("update-noted #1");
        assertThat(writesOf(noted))
                .as("the field that was not taken is tried again")
                .hasSize(2);
        assertThat(notes(own)).singleElement().asString().contains("mine");
    }

    private static void waitForAnAgent(JenkinsRule jenkins) throws Exception {
        start(
                jenkins,
                "import-waits",
                "serviceNowImportSet connector: 'later', stagingTable: 'u_builds', row: [u_name: 'waits']");
        start(jenkins, "report-waits", "serviceNowReport connector: 'later', ticketNumber: 'CHG1'");
        start(
                jenkins,
                "update-waits",
                "serviceNowUpdate connector: 'later', ticketNumber: '" + SampleInstance.CHANGE
                        + "', fields: [risk: 2, work_notes: 'mine']");
        for (String job : List.of("import-waits", "report-waits", "update-waits")) {
            jenkins.waitForMessage("Waiting for an agent: ", build(jenkins, job));
        }
    }

    private static void beUnderWay(JenkinsRule jenkins, Row noted, Row own) throws Exception {
        // until an account has been accepted once, its calls are made one after the other
        jenkins.buildAndAssertSuccess(
                Pipelines.job(jenkins, "first-call", "serviceNowGet connector: 'prod', ticketNumber: 'CHG1'"));
        SERVICENOW.faults().next(2, Match.table("PATCH", "incident"), UNANSWERED);
        SERVICENOW.faults().next(new Match("POST", "/api/now/import"), UNANSWERED);
        start(
                jenkins,
                "update-noted",
                "serviceNowUpdate connector: 'prod', ticketType: 'incident', ticketNumber: 'INC7',"
                        + " fields: [impact: 1, urgency: 1]");
        start(
                jenkins,
                "update-own",
                "serviceNowUpdate connector: 'prod', ticketType: 'incident', ticketNumber: 'INC8',"
                        + " fields: [urgency: 1, work_notes: 'mine']");
        start(
                jenkins,
                "import-sent",
                "serviceNowImportSet connector: 'prod', stagingTable: 'u_builds', row: [u_name: 'sent']");
        await().until(() -> !noted.journal().isEmpty() && !own.journal().isEmpty() && titles().contains("sent"));
    }

    private static void start(JenkinsRule jenkins, String name, String script) throws Exception {
        Pipelines.start(jenkins, name, script);
    }

    private static WorkflowRun build(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    /** The connectors {@code prod}, from the controller, and {@code later}, from agents with a label. */
    private static void connectTwice(String label) throws Exception {
        Connecting.credentials(Simulator.PASSWORD);
        Connector later = new Connector("Later", SERVICENOW.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        later.setId("later");
        later.setAgentLabel(label);
        later.setSkipValidation(true);
        UseRules use = new UseRules();
        use.setOperations(List.of("read", "update", "import"));
        use.setTicketTypes("*");
        later.setUse(use);
        ServiceNowConnectors.get().setConnectors(List.of(SampleInstance.connector(SERVICENOW.url()), later));
    }

    private static List<String> titles() {
        return SERVICENOW.tables().rows("incident").stream()
                .map(row -> row.get("short_description"))
                .toList();
    }

    private static List<String> notes(Row row) {
        return row.journal().stream().map(entry -> entry.text()).toList();
    }

    private static List<String> writesOf(Row row) {
        return SERVICENOW.requests().stream()
                .filter(each -> each.method().equals("PATCH") && each.path().endsWith(row.sysId()))
                .map(each -> each.body())
                .toList();
    }
}
