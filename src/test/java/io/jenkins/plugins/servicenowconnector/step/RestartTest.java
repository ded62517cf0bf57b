package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

class RestartTest {

    private static final Simulator SERVICENOW = Simulator.start();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void waitGoesOnAfterARestart() throws Throwable {
        String[] number = new String[1];
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            WorkflowRun build = Pipelines.start(
                    jenkins,
                    "deploy",
                    Pipelines.submittedChange(SERVICENOW)
                            + "def ok = serviceNowApproval ticketNumber: chg.number, retryInterval: '1d', timeout: '2d'\n"
                            + "echo \"approved ${ok.number}\"");
            jenkins.waitForMessage("  waiting: ", build);
            connectTwice();
            Gates.open(SERVICENOW, "CHG0040001");
            WorkflowRun other = Pipelines.start(jenkins, "other", Gates.step("CHG0040001") + ", connector: 'later'");
            jenkins.waitForMessage("  waiting: ", other);
            number[0] = Pipelines.number(build);
            Connecting.to(SERVICENOW, null);
        });
        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(number[0]);
        Gates.approve(SERVICENOW, "CHG0040001");
        sessions.then(jenkins -> {
            Instant restarted = Instant.now();
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("approved " + number[0], build);
            assertThat(Duration.between(restarted, Instant.now()))
                    .as("the first look comes at once, not within its day")
                    .isLessThan(Duration.ofHours(1));

            WorkflowRun other = build(jenkins, "other");
            Awaitility.await().until(() -> Waits.get().size() == 1);
            jenkins.waitForMessage("'later' does not exist, or may not be used here", other);
            connectTwice();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
        });
    }

    /** The connectors {@code test} and {@code later}, which may be asked every second. */
    private static void connectTwice() throws Exception {
        Connecting.twice(SERVICENOW, null);
        ServiceNowConnectors.get().getConnectors().forEach(Gates::impatient);
    }

    @Test
    void deadlineThatWasSleptOverStillGetsItsLookAndADecisionInTimeCounts() throws Throwable {
        Instant[] deadline = new Instant[1];
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            Gates.open(SERVICENOW, "CHG0040001");
            Gates.open(SERVICENOW, "CHG0040002");
            WorkflowRun decided = Pipelines.start(jenkins, "decided", waitADay("CHG0040001", "25s"));
            WorkflowRun undecided = Pipelines.start(jenkins, "undecided", waitADay("CHG0040002", "25s"));
            deadline[0] = Instant.now().plusSeconds(25);
            jenkins.waitForMessage("  waiting: ", decided);
            jenkins.waitForMessage("  waiting: ", undecided);
        });
        Gates.approve(SERVICENOW, "CHG0040001");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Instant.now().isAfter(deadline[0]));
        long before = SERVICENOW.requestCount();
        sessions.then(jenkins -> {
            WorkflowRun decided = build(jenkins, "decided");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(decided));
            WorkflowRun undecided = build(jenkins, "undecided");
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(undecided));
            jenkins.assertLogContains("expired: CHG0040002", undecided);
            assertThat(SERVICENOW.requestCount()).as("looks after the restart").isGreaterThan(before);
        });
    }

    @Test
    void agentsComeBackAfterTheControllerAndTheFirstLookComesWithThem() throws Throwable {
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, "outpost");
            jenkins.createOnlineSlave(Label.get("outpost"));
            Gates.open(SERVICENOW, "CHG0040001");
            WorkflowRun build = Pipelines.start(jenkins, "deploy", waitADay("CHG0040001", "1d"));
            jenkins.waitForMessage("  waiting: ", build);
            jenkins.jenkins.removeNode(
                    jenkins.jenkins.getLabel("outpost").getNodes().iterator().next());
        });
        Gates.approve(SERVICENOW, "CHG0040001");
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            Awaitility.await().until(() -> Waits.get().size() == 1);
            Awaitility.await().until(() -> nextLook().isAfter(Instant.now().plusSeconds(60)));
            jenkins.createOnlineSlave(Label.get("outpost"));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogNotContains("Waiting for an agent", build);
        });
    }

    @Test
    void aTicketThatWaitedForAnAgentIsCreatedOnceAfterTheRestart() throws Throwable {
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, "nowhere");
            WorkflowRun build = Pipelines.start(
                    jenkins, "deploy", "serviceNowCreate ticketType: 'incident', shortDescription: 'x'");
            jenkins.waitForMessage("Waiting for an agent: ", build);
        });
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins)));
        });
        assertThat(SERVICENOW.tables().rows("incident")).hasSize(1);
    }

    @Test
    void aTicketThatWasBeingCreatedIsFoundAgainAndNotCreatedTwice() throws Throwable {
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            beginToSubmit(jenkins);
            SERVICENOW.faults().next(Fault.silentThenLateCommit(Duration.ofMinutes(5), Duration.ZERO));
            WorkflowRun build = Pipelines.start(
                    jenkins,
                    "deploy",
                    "def inc = serviceNowCreate ticketType: 'incident', shortDescription: 'x'\n"
                            + "echo \"number ${inc.number}.\"");
            Awaitility.await().until(() -> SERVICENOW.tables().rows("incident").size() == 1);
            assertThat(build.isBuilding()).isTrue();
        });
        SERVICENOW
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .set("name", "Renamed");
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("which was created although its answer was lost", build);

            WorkflowRun submitted = build(jenkins, "submits");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(submitted));
            jenkins.assertLogContains("it is taken again", submitted);
            jenkins.assertLogContains("for Renamed in state Assess.", submitted);
        });
        assertThat(SERVICENOW.requests().stream().map(Exchange::method).filter("POST"::equals))
                .hasSize(2);
    }

    /** A change that is there, while the request for its approval gets no answer. */
    private static void beginToSubmit(JenkinsRule jenkins) throws Exception {
        SERVICENOW
                .faults()
                .next(Match.method("PATCH"), Fault.silentThenLateCommit(Duration.ofSeconds(60), Duration.ZERO));
        Pipelines.start(
                jenkins,
                "submits",
                "def chg = serviceNowCreate shortDescription: 'x', requestApproval: true,"
                        + " names: [assignment_group: 'Network']\n"
                        + "echo \"for ${chg.fields.assignment_group.displayValue} in state"
                        + " ${chg.fields.state.displayValue}.\"");
        Awaitility.await()
                .until(() -> SERVICENOW.tables().rows("change_request").stream()
                        .anyMatch(change -> change.get("state").equals("-4")));
    }

    @Test
    void anAttemptThatHasOnlyBegunTakesNoTicketOfTheAttemptBefore() throws Throwable {
        sessions.then(jenkins -> {
            letStepsChooseTheAgent();
            WorkflowRun build = Pipelines.start(
                    jenkins,
                    "deploy",
                    "int n = 0\nretry(2) { n++\n"
                            + "serviceNowCreate ticketType: 'incident', shortDescription: 'x', deduplicate: false,"
                            + " names: [assignment_group: 'Network'], agentLabel: n == 1 ? 'built-in' : 'late'\n"
                            + "if (n == 1) error 'again' }");
            // it looks for the group first, so that nothing is noted of its ticket yet
            jenkins.waitForMessage("Waiting for an agent: ", build);
        });
        assertThat(SERVICENOW.tables().rows("incident")).hasSize(1);
        sessions.then(jenkins -> {
            letStepsChooseTheAgent();
            jenkins.createOnlineSlave(Label.get("late"));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build(jenkins)));
        });
        assertThat(SERVICENOW.tables().rows("incident")).hasSize(2);
    }

    private static void letStepsChooseTheAgent() throws Exception {
        UseRules use = new UseRules();
        use.setStepsMayChooseAgent(true);
        Connecting.to(SERVICENOW, null).setUse(use);
    }

    /** Who looks once a day decides by the first look after the restart, or the one at the deadline. */
    private static String waitADay(String number, String timeout) {
        return "serviceNowApproval ticketNumber: '" + number + "', retryInterval: '1d', timeout: '" + timeout + "'";
    }

    private static Instant nextLook() throws Exception {
        Instant[] next = {Instant.MIN};
        StepExecution.acceptAll(
                        ServiceNowApprovalExecution.class,
                        each -> next[0] = Waits.get().nextLook(each.approval()).orElse(Instant.MIN))
                .get();
        return next[0];
    }

    private static WorkflowRun build(JenkinsRule jenkins) {
        return build(jenkins, "deploy");
    }

    private static WorkflowRun build(JenkinsRule jenkins, String job) {
        return jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }
}
