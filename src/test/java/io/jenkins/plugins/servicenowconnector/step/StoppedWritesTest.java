package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Held;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That a build which is stopped ends at once and writes nothing more, however far its tickets have come. */
@WithJenkins
class StoppedWritesTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** Sooner than another look would come; calls that are held take as long as the test wants. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void stoppedBeforeItsTurnCreatesNothing(JenkinsRule jenkins) throws Exception {
        connect(jenkins);
        Connecting.to(SERVICENOW, "late");
        WorkflowRun stopped = Pipelines.start(jenkins, "stopped", incident("stopped"));
        jenkins.waitForMessage("Waiting for an agent: ", stopped);
        // its turns come after those of the other one
        WorkflowRun later = Pipelines.start(jenkins, "later", incident("later"));
        jenkins.waitForMessage("Waiting for an agent: ", later);

        stop(stopped);
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name("latecomer")
                        .label("late")
                        .build());

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(later));
        assertThat(SERVICENOW.tables().rows("incident"))
                .extracting(row -> row.get("short_description"))
                .containsExactly("later");
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
        assertThat(tickets(stopped).getOpen()).isEmpty();
    }

    @Test
    void stoppedInDoubtLooksOnceMoreAndSendsNothing(JenkinsRule jenkins) throws Exception {
        connect(jenkins);
        SERVICENOW.faults().next(2, Match.method("POST"), Fault.CUT);
        WorkflowRun stopped = Pipelines.start(jenkins, "stopped", incident("stopped"));
        jenkins.waitForMessage("Looking for the ticket in incident", stopped);
        WorkflowRun later = Pipelines.start(jenkins, "later", incident("later"));
        jenkins.waitForMessage("Looking for the ticket in incident", later);
        long before = looks("stopped");

        stop(stopped);
        await().untilAsserted(() -> assertThat(tickets(stopped).getOpen())
                .singleElement()
                .satisfies(open -> assertThat(open.getAnswer())
                        .isEqualTo("No such ticket is in incident; it was not created, or cannot be seen.")));
        long looks = looks("stopped");
        long looksOfOther = looks("later");
        await().until(() -> looks("later") >= looksOfOther + 2);

        assertThat(looks("stopped")).isEqualTo(looks).isGreaterThan(before);
        assertThat(requests("POST")).hasSize(2);
        stop(later);
        assertThat(SERVICENOW.tables().rows("incident")).isEmpty();
    }

    @Test
    void ticketOfACallThatComesBackTooLateIsNotedAndNotTouched(JenkinsRule jenkins) throws Exception {
        connect(jenkins);
        Held held = new Held();
        SERVICENOW.faults().next(Match.method("POST"), Fault.held(held));
        WorkflowRun build = Pipelines.start(jenkins, "late", Pipelines.submittedChange(SERVICENOW));
        await().until(() -> held.arrived() == 1);

        try {
            stop(build);
            // it is looked for at the build's end
            await().until(() -> tickets(build).getTickets().size() == 1);
        } finally {
            held.release();
        }
        // its own answer says the same
        await().until(() -> tickets(build).getOpen().isEmpty());

        assertThat(tickets(build).getTickets()).hasSize(1);
        await().during(Duration.ofSeconds(2)).until(() -> requests("PATCH").isEmpty());
        assertThat(requests("POST")).hasSize(1);
    }

    @Test
    void answerToAStoppedAttemptDoesNotUndoWhatTheNextOneKnows(JenkinsRule jenkins) throws Exception {
        connect(jenkins);
        Reply refusal = Reply.error(400, "Invalid value", null);
        Held held = new Held();
        SERVICENOW.faults().next(2, Match.method("POST"), Fault.held(held, refusal));
        WorkflowRun build = Pipelines.start(
                jenkins,
                "retried",
                "int n = 0\nretry(2) { try { timeout(time: n == 0 ? 5 : 600, unit: 'SECONDS') { " + incident("retried")
                        + " } } catch (e) { n++; error 'again' } }");
        try {
            jenkins.waitForMessage("Looking for the ticket in incident", build);
        } finally {
            held.release();
        }
        // refused after the first one
        WorkflowRun later = Pipelines.start(jenkins, "later", incident("later"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(later));

        stop(build);

        assertThat(requests("POST")).hasSize(2);
        assertThat(tickets(build).getOpen()).as("what the second attempt is at").hasSize(1);
    }

    @Test
    void stoppedUpdateWritesNoFurtherTicket(JenkinsRule jenkins) throws Exception {
        connect(jenkins);
        for (int i = 0; i < 5; i++) {
            SERVICENOW.tables().seed("incident", Map.of("category", "network", "urgency", "3"));
        }
        Held held = new Held();
        SERVICENOW.faults().always(Match.method("PATCH"), Fault.held(held));
        WorkflowRun build = Pipelines.start(
                jenkins,
                "several",
                "serviceNowUpdate ticketType: 'incident', query: 'category=network', limit: 5, fields: [urgency: '1']");
        await().until(() -> held.arrived() == 1);

        try {
            stop(build);
        } finally {
            held.release();
        }

        await().until(() -> requests("PATCH").size() == 1);
        // longer than the second write would take to leave
        await().during(Duration.ofSeconds(3)).until(() -> held.arrived() == 1);
        assertThat(SERVICENOW.tables().rows("incident"))
                .filteredOn(row -> row.get("urgency").equals("1"))
                .hasSize(1);
    }

    /** Several calls at once, none of which has to wait for the first one to be accepted. */
    private static void connect(JenkinsRule jenkins) throws Exception {
        SERVICENOW.reset();
        CallLimits limits = new CallLimits();
        limits.setParallelCalls("10");
        Connecting.to(SERVICENOW, null).setLimits(limits);
        Pipelines.proveAccount(jenkins);
        SERVICENOW.reset();
    }

    private static void stop(WorkflowRun build) {
        build.doStop();
        await().atMost(AT_ONCE).until(() -> !build.isBuilding());
        assertThat(build.getResult()).isEqualTo(Result.ABORTED);
    }

    private static String incident(String title) {
        return "serviceNowCreate ticketType: 'incident', shortDescription: '" + title + "'";
    }

    private static BuildTickets tickets(WorkflowRun build) {
        return BuildTickets.of(build);
    }

    private static List<Exchange> requests(String method) {
        return SERVICENOW.requests().stream()
                .filter(each -> each.method().equals(method))
                .toList();
    }

    /** The looks for the ticket with this title, by the key that was sent with it. */
    private static long looks(String title) {
        String mark = requests("POST").stream()
                .map(Exchange::body)
                .filter(body -> body.contains("\"" + title + "\""))
                .findFirst()
                .orElseThrow()
                .replaceAll("(?s).*\"sys_id\":\"([0-9a-f]{32})\".*", "$1");
        return requests("GET").stream()
                .filter(each -> each.query().contains(mark))
                .count();
    }
}
