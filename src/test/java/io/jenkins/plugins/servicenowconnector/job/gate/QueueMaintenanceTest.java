package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What many builds at gates cost: executors, requests, and the time in which Jenkins holds its queue. */
@Tag("long")
@WithJenkins
class QueueMaintenanceTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final int ITEMS = Math.max(50, (int) (500 * SCALE));

    /** As many sys_ids as fit into an address. */
    private static final int BATCH = 40;

    private static final int ROUNDS = 300;

    private static final Simulator SERVICENOW = Simulator.start();

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void manyGatedItemsCostWhatAnyBlockedItemsCost(JenkinsRule jenkins) throws Exception {
        Connector connector = Connecting.to(SERVICENOW, null);
        CallLimits limits = new CallLimits();
        limits.setPollsPerMinute("1000");
        connector.setLimits(limits);
        FreeStyleProject job = new GatedJobs(jenkins).job("deploy", GatedJobs.byParameter());
        for (int i = 0; i < ITEMS; i++) {
            GatedJobs.start(job, GatedJobs.change(SERVICENOW));
        }
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> Waits.get().size() == ITEMS && allSeenSince(Instant.EPOCH));

        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        assertThat(requestsOfOneTick()).isBetween(1L, (long) Math.ceil((double) ITEMS / BATCH));

        AlwaysNo plain =
                jenkins.jenkins.getExtensionList(QueueTaskDispatcher.class).get(AlwaysNo.class);
        long[] gated = new long[ROUNDS];
        long[] blocked = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            plain.isOn = true;
            blocked[i] = maintain();
            plain.isOn = false;
            gated[i] = maintain();
        }
        double ratio = (double) median(gated) / median(blocked);
        System.out.printf(
                "%d items: %d µs with gates, %d µs with a plain no, ratio %.3f%n",
                ITEMS, median(gated) / 1000, median(blocked) / 1000, ratio);
        assertThat(ratio).isLessThan(1.2);
        Queue.getInstance().clear();
    }

    private static boolean allSeenSince(Instant then) {
        return Waits.get().all().stream()
                .map(Waiter::approval)
                .allMatch(wait -> wait.sight() != null && wait.sight().at().isAfter(then));
    }

    /** Waits on one target come due together. */
    private static long requestsOfOneTick() {
        Awaitility.await()
                .until(() -> Waits.get().all().stream()
                        .allMatch(waiter -> Waits.get()
                                .nextLook(waiter.approval())
                                .filter(next -> next.isAfter(Instant.now().plusSeconds(3)))
                                .isPresent()));
        Instant then = Instant.now();
        long before = SERVICENOW.requestCount();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> allSeenSince(then));
        return SERVICENOW.requestCount() - before;
    }

    private static long maintain() {
        long begin = System.nanoTime();
        Queue.getInstance().maintain();
        return System.nanoTime() - begin;
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Says no to every item while it is on, before anybody else is asked. */
    @TestExtension
    public static final class AlwaysNo extends QueueTaskDispatcher {

        private static final CauseOfBlockage NO = new CauseOfBlockage() {
            @Override
            public String getShortDescription() {
                return "no";
            }
        };

        private volatile boolean isOn;

        @Override
        public CauseOfBlockage canRun(Queue.Item item) {
            return isOn ? NO : null;
        }
    }
}
