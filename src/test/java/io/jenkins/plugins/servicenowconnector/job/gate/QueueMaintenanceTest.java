package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What many builds at gates cost: executors, requests, and the time in which Jenkins holds its queue. */
@Tag("long")
@WithJenkins
class QueueMaintenanceTest {

    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final int ITEMS = Math.max(50, (int) (500 * SCALE));

    /** As many sys_ids as fit into an address. */
    private static final int BATCH = 40;

    private static final int ROUNDS = 100;

    /** Both kinds of queue take turns; one of each before shows Java what to compile. */
    private static final int TURNS = 5;

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
        AlwaysNo no = new AlwaysNo();
        jenkins.jenkins.getExtensionList(QueueTaskDispatcher.class).add(no);
        GatedJobs jobs = new GatedJobs(jenkins);
        FreeStyleProject plain = jobs.job("plain", null);
        FreeStyleProject deploy = jobs.job("deploy", GatedJobs.byParameter());
        List<Long> ratios = new ArrayList<>();

        blocked(plain, no);
        gated(jenkins, deploy, true);
        for (int i = 0; i < TURNS; i++) {
            long plainly = median(blocked(plain, no));
            long withGates = median(gated(jenkins, deploy, false));
            ratios.add(1000 * withGates / plainly);
            System.out.printf(
                    "%d items: %d µs with gates, %d µs with a plain no%n", ITEMS, withGates / 1000, plainly / 1000);
        }

        // of each turn by itself: what else the machine does in the meantime changes from one to the next
        double ratio = median(ratios) / 1000.0;
        System.out.printf("%d items: ratio %.3f%n", ITEMS, ratio);
        assertThat(ratio).isLessThan(1.2);
    }

    /** Times of a queue whose items have no gate, and are kept by somebody who says no. */
    private static List<Long> blocked(FreeStyleProject job, AlwaysNo no) throws Exception {
        no.turn(true);
        fill(job);
        Awaitility.await().until(() -> Queue.getInstance().getItems().length == ITEMS && allBlocked());
        long before = no.asked();
        List<Long> times = measure();
        assertThat(no.asked() - before).as("it was this one that kept them").isGreaterThanOrEqualTo(ITEMS * ROUNDS);
        Queue.getInstance().clear();
        no.turn(false);
        return times;
    }

    /** Times of a queue whose items wait at their gate; they cost no executor, and few requests. */
    private static List<Long> gated(JenkinsRule jenkins, FreeStyleProject job, boolean first) throws Exception {
        fill(job);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> Waits.get().size() == ITEMS && allSeenSince(Instant.EPOCH) && allBlocked());
        if (first) {
            assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
            assertThat(requestsOfOneTick()).isBetween(1L, (long) Math.ceil((double) ITEMS / BATCH));
        }
        List<Long> times = measure();
        assertThat(Waits.get().size()).isEqualTo(ITEMS);
        Queue.getInstance().clear();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> Waits.get().size() == 0 && GateRecords.all().isEmpty());
        return times;
    }

    private static void fill(FreeStyleProject job) {
        for (int i = 0; i < ITEMS; i++) {
            GatedJobs.start(job, GatedJobs.change(SERVICENOW));
        }
    }

    private static boolean allBlocked() {
        return Arrays.stream(Queue.getInstance().getItems()).allMatch(Queue.BlockedItem.class::isInstance);
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

    private static List<Long> measure() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            Queue.getInstance().maintain();
            times.add(System.nanoTime() - begin);
        }
        return times;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
