package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CreateAndApproveTest {

    private static final Simulator SERVICENOW = Simulator.start();

    @RegisterExtension
    private static final BuildWatcherExtension BUILDS = new BuildWatcherExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void oneCreateIsOneRequest(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);

        WorkflowRun build =
                Pipelines.start(jenkins, "one", "serviceNowCreate ticketType: 'incident', shortDescription: 'x'");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(SERVICENOW.requests())
                .hasSize(1)
                .first()
                .extracting(Exchange::method)
                .isEqualTo("POST");
    }

    @Test
    void rejectionEndsTheBuildWithTheOutcomeFirst(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        WorkflowRun build = Pipelines.start(
                jenkins,
                "rejected",
                Pipelines.submittedChange(SERVICENOW)
                        + "try {\n"
                        + "  serviceNowApproval ticketNumber: chg.number, retryInterval: '10s'\n"
                        + "} catch (e) { echo \"caught ${e.message ?: e.causes[0].shortDescription}\"; throw e }");
        jenkins.waitForMessage("  waiting: ", build);
        String number = Pipelines.number(build);

        SERVICENOW.settle();
        SERVICENOW.desk().reject(number, "not this week");

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("rejected: " + number, build);
    }

    @Test
    void wrongPasswordIsOneRequestAndOneSentence(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null, "wrong");

        WorkflowRun build = Pipelines.start(
                jenkins,
                "locked-out",
                "catchError { serviceNowCreate shortDescription: 'x' }\n serviceNowApproval ticketNumber: 'CHG0030001'");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("does not accept the account", build);
        jenkins.assertLogContains("basic authentication is restricted", build);
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("Basic ", "at io.jenkins.plugins");
    }

    @Test
    void unknownLabelSaysSoAndWaitsWithinTheTimeout(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, "nowhere");

        WorkflowRun build = Pipelines.start(jenkins, "nobody", "serviceNowCreate shortDescription: 'x', timeout: '4s'");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("Waiting for an agent: No node has the label 'nowhere'.", build);
        assertThat(build.getDuration()).isGreaterThan(3_900);
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void agentThatComesLaterServesTheCallThatWaited(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, "late");
        WorkflowRun build = Pipelines.start(jenkins, "patient", "serviceNowCreate shortDescription: 'x'");
        jenkins.waitForMessage("Waiting for an agent: ", build);

        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name("latecomer")
                        .label("late")
                        .build());

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(SERVICENOW.requestCount()).isEqualTo(1);
    }

    @Test
    void abortLeavesNoPollBehind(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        WorkflowRun build = Pipelines.start(
                jenkins,
                "aborted",
                "def chg = serviceNowCreate shortDescription: 'x'\n serviceNowApproval ticketNumber: chg.number");
        jenkins.waitForMessage("  waiting: ", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(Waits.get().size()).isZero();
    }
}
