package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.LoggedEnds;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * That each wait ends with its ticket's decision though Jenkins' process is killed while waits end.
 *
 * <p>One wait in each build: of a {@code parallel} block Pipeline itself may lose the end when it is killed.
 */
@Tag("long")
class KilledWaitsTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final int WAITS = (int) Math.max(20, 200 * SCALE);
    private static final int KILLS = (int) Math.max(1, 8 * SCALE);
    private static final Duration LONG = Duration.ofMinutes(3);

    @RegisterExtension
    private final RealJenkinsExtension real = new RealJenkinsExtension();

    private final Simulator servicenow = Simulator.start();
    private final Random random = new Random(20_261_126);
    private final Map<String, String> decisions = new HashMap<>();

    @AfterEach
    void stop() {
        servicenow.close();
    }

    @Test
    void everyWaitEndsWithItsTicketsDecisionThoughJenkinsIsKilledWhileWaitsEnd() throws Throwable {
        for (int place = 0; place < WAITS; place++) {
            Gates.open(servicenow, number(place));
        }
        real.startJenkins();
        real.runRemotely(KilledWaitsTest::begin, servicenow.url().toString(), WAITS);
        int atATime = WAITS / (KILLS + 1);
        for (int kill = 0; kill < KILLS; kill++) {
            long before = servicenow.requestCount();
            decide(atATime);
            // the looks that find it are under way
            int looks = 1 + random.nextInt(3);
            await().atMost(LONG).until(() -> servicenow.requestCount() >= before + looks);
            real.stopJenkinsForcibly();
            real.startJenkins();
        }
        decide(WAITS);
        LoggedEnds ends = new LoggedEnds(0, 0);
        for (int place = 0; place < WAITS; place++) {
            String log = real.runRemotely(KilledWaitsTest::finish, number(place));
            assertThat(log).contains("decided " + number(place) + ": " + decisions.get(number(place)));
            ends = ends.and(LoggedEnds.in(log));
        }
        System.out.printf(
                "%d waits, killed %d times: ended again after a kill: %d, twice in one life: %d%n",
                WAITS, KILLS, ends.all() - WAITS, ends.twiceInALife());
        assertThat(ends.all()).isGreaterThanOrEqualTo(WAITS);
        assertThat(ends.twiceInALife()).isZero();
    }

    /** Decides so many tickets, as far as there are undecided ones. */
    private void decide(int many) {
        int end = Math.min(WAITS, decisions.size() + many);
        for (int place = decisions.size(); place < end; place++) {
            boolean isApproved = random.nextBoolean();
            if (isApproved) {
                Gates.approve(servicenow, number(place));
            } else {
                Gates.reject(servicenow, number(place));
            }
            decisions.put(number(place), isApproved ? "approved" : "rejected");
        }
    }

    private static String number(int place) {
        return "CHG007" + (1_000 + place);
    }

    private static void begin(JenkinsRule jenkins, String url, int waits) throws Exception {
        Gates.impatient(Connecting.to(url, null, Simulator.PASSWORD));
        ServiceNowConnectors.get().save();
        for (int place = 0; place < waits; place++) {
            String number = number(place);
            Pipelines.start(
                    jenkins,
                    number,
                    "def end = " + Gates.step(number) + ", returnOutcome: true\necho \"decided " + number
                            + ": ${end.outcome}\"");
        }
        for (int place = 0; place < waits; place++) {
            jenkins.waitForMessage("  waiting: ", build(jenkins, number(place)));
        }
    }

    private static String finish(JenkinsRule jenkins, String number) throws Exception {
        WorkflowRun build = jenkins.waitForCompletion(build(jenkins, number));
        jenkins.assertBuildStatusSuccess(build);
        return JenkinsRule.getLog(build);
    }

    private static WorkflowRun build(JenkinsRule jenkins, String number) {
        return jenkins.jenkins.getItemByFullName(number, WorkflowJob.class).getLastBuild();
    }
}
