package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That an instance which hangs is no matter of anybody else. */
@WithJenkins
class SlowConnectorTest {

    private static final int MANY = 40;

    /** Longer than the test. */
    private static final Fault HANGS = Fault.silentThenLateCommit(Duration.ofMinutes(2), Duration.ofMinutes(2));

    /** What somebody waits for who does not wait for another. */
    private static final Duration USUAL = Duration.ofSeconds(60);

    private static final Simulator SLOW = Simulator.start();
    private static final Simulator QUICK = Simulator.start();

    @BeforeEach
    void reset() {
        SampleInstance.prepare(SLOW);
        SampleInstance.prepare(QUICK);
    }

    @AfterAll
    static void stop() {
        SLOW.close();
        QUICK.close();
    }

    @Test
    void otherConnectorsDecideAndCreateInUsualTimeAndThreadsAreFew(JenkinsRule jenkins) throws Exception {
        connect();
        SLOW.faults().always(HANGS);
        WorkflowRun waits =
                many(jenkins, "slow-waits", "serviceNowApproval connector: 'slow', ticketNumber: \"CHG${n}\"");
        WorkflowRun creates =
                many(jenkins, "slow-creates", "serviceNowCreate connector: 'slow', shortDescription: \"${n}\"");
        await().until(() -> Waits.get().size() == MANY && SLOW.requestCount() > 0);

        WorkflowRun wait = Pipelines.start(
                jenkins,
                "quick-wait",
                "serviceNowApproval connector: 'quick', ticketNumber: '" + SampleInstance.CHANGE + "'");
        WorkflowRun create =
                Pipelines.start(jenkins, "quick-create", "serviceNowCreate connector: 'quick', shortDescription: 'x'");

        await().atMost(USUAL).until(() -> !wait.isBuilding() && !create.isBuilding());
        jenkins.assertBuildStatusSuccess(wait);
        jenkins.assertBuildStatusSuccess(create);
        assertThat(waits.isBuilding()).isTrue();
        assertThat(creates.isBuilding()).isTrue();
        // of the slow one: 4 for steps, 2 for polls, 2 for what begins and ends; as much of the quick one; 2 for plans
        assertThat(callThreads()).isLessThanOrEqualTo(18);
        stop(jenkins, waits, creates);
    }

    @Test
    void looksThatHangLeaveTheirOwnConnectorsStepsRoom(JenkinsRule jenkins) throws Exception {
        connect();
        jenkins.buildAndAssertSuccess(Pipelines.job(
                jenkins, "first", "serviceNowGet connector: 'slow', ticketType: 'incident', query: 'active=true'"));
        SLOW.faults().always(Match.method("GET"), HANGS);
        long before = looks();
        WorkflowRun waits =
                many(jenkins, "slow-waits", "serviceNowApproval connector: 'slow', ticketNumber: \"CHG${n}\"");
        await().until(() -> Waits.get().size() == MANY && looks() > before);

        WorkflowRun create =
                Pipelines.start(jenkins, "create", "serviceNowCreate connector: 'slow', shortDescription: 'x'");

        await().atMost(USUAL).until(() -> !create.isBuilding());
        jenkins.assertBuildStatusSuccess(create);
        assertThat(waits.isBuilding()).isTrue();
        stop(jenkins, waits);
    }

    private static WorkflowRun many(JenkinsRule jenkins, String name, String step) throws Exception {
        return Pipelines.start(
                jenkins,
                name,
                "def branches = [failFast: false]\nfor (int i = 0; i < " + MANY
                        + "; i++) { def n = 1000 + i; branches[\"b${n}\"] = { " + step + " } }\nparallel branches");
    }

    private static void stop(JenkinsRule jenkins, WorkflowRun... builds) throws Exception {
        for (WorkflowRun build : builds) {
            build.doStop();
        }
        for (WorkflowRun build : builds) {
            jenkins.waitForCompletion(build);
        }
        assertThat(Waits.get().size()).isZero();
    }

    private static void connect() throws Exception {
        Connecting.credentials(Simulator.PASSWORD);
        ServiceNowConnectors.get().setConnectors(List.of(connector("slow", SLOW), connector("quick", QUICK)));
    }

    private static Connector connector(String id, Simulator instance) {
        Connector connector = new Connector(id, instance.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        connector.setId(id);
        connector.setSkipValidation(true);
        return connector;
    }

    private static long looks() {
        return SLOW.requests().stream()
                .map(Exchange::method)
                .filter("GET"::equals)
                .count();
    }

    private static long callThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ServiceNow call"))
                .count();
    }
}
