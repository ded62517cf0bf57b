package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
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
                            + "def ok = serviceNowApproval ticketNumber: chg.number, retryInterval: '10s'\n"
                            + "echo \"approved ${ok.number}\"");
            jenkins.waitForMessage("  waiting: ", build);
            number[0] = Pipelines.number(build);
        });
        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(number[0]);
        Instant restarted = Instant.now();
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("approved " + number[0], build);
            assertThat(Duration.between(restarted, Instant.now()))
                    .as("the first look comes at once")
                    .isLessThan(Duration.ofSeconds(60));
        });
    }

    @Test
    void deadlineCountsFromTheFirstStart() throws Throwable {
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            WorkflowRun build = Pipelines.start(
                    jenkins,
                    "deploy",
                    "def chg = serviceNowCreate shortDescription: 'x'\n"
                            + "serviceNowApproval ticketNumber: chg.number, retryInterval: '10s', timeout: '2s'");
            jenkins.waitForMessage("  waiting: ", build);
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
            jenkins.assertLogContains("expired: CHG", build);
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
            SERVICENOW.faults().next(Fault.silentThenLateCommit(Duration.ofSeconds(60), Duration.ZERO));
            WorkflowRun build = Pipelines.start(
                    jenkins,
                    "deploy",
                    "def inc = serviceNowCreate ticketType: 'incident', shortDescription: 'x'\n"
                            + "echo \"number ${inc.number}.\"");
            Awaitility.await().until(() -> SERVICENOW.tables().rows("incident").size() == 1);
            assertThat(build.isBuilding()).isTrue();
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("which was created although its answer was lost", build);
        });
        assertThat(SERVICENOW.requests().stream().map(Exchange::method).filter("POST"::equals))
                .hasSize(1);
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

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getLastBuild();
    }
}
