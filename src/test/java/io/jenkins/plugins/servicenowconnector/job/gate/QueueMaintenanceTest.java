package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import hudson.ExtensionComponent;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import jenkins.ExtensionComponentSet;
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

    private static final boolean IN_FULL = Double.parseDouble(System.getProperty("long.scale", "0.1")) >= 1;
    private static final int ITEMS = 500;

    /** As many sys_ids as fit into an address. */
    private static final int BATCH = 40;

    private static final int ROUNDS = 2_000;

    /** Both kinds of queue take turns; one of each before shows Java what to compile. */
    private static final int TURNS = IN_FULL ? 5 : 3;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
        GatedJobs jobs = new GatedJobs(jenkins);

        // beside another JVM with tests, which takes caches from both kinds of queue, one ratio is not like the other
        assertThat(ratio(jenkins, jobs, 1)).isLessThan(IN_FULL ? 1.2 : 1.5);
        if (IN_FULL) {
            // each job has a gate of its own that is asked for in each turn: told, but nobody has so many
            assertThat(ratio(jenkins, jobs, ITEMS)).isLessThan(2);
        }
    }

    /** What gates cost where the items are of so many jobs, against the same items that somebody else keeps. */
    private static double ratio(JenkinsRule jenkins, GatedJobs jobs, int many) throws Exception {
        List<FreeStyleProject> plain = new ArrayList<>();
        List<FreeStyleProject> deploy = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            plain.add(jobs.job("plain-" + many + "-" + i, null));
            deploy.add(jobs.job("deploy-" + many + "-" + i, GatedJobs.byParameter()));
        }
        List<Long> allPlain = new ArrayList<>();
        List<Long> allGated = new ArrayList<>();
        blocked(jenkins, plain);
        gated(jenkins, deploy, true);
        for (int i = 0; i < TURNS; i++) {
            List<Long> plainly = blocked(jenkins, plain);
            List<Long> withGates = gated(jenkins, deploy, false);
            allPlain.addAll(plainly);
            allGated.addAll(withGates);
            System.out.printf(
                    "%d items of %d jobs: %d µs with gates, %d µs with a plain no%n",
                    ITEMS, many, fast(withGates) / 1000, fast(plainly) / 1000);
        }
        double ratio = (double) fast(allGated) / fast(allPlain);
        System.out.printf("%d items of %d jobs: ratio %.2f%n", ITEMS, many, ratio);
        return ratio;
    }

    /** Times of a queue whose items are kept by somebody who says no, in a Jenkins whose queue knows nothing of gates. */
    private static List<Long> blocked(JenkinsRule jenkins, List<FreeStyleProject> jobs) throws Exception {
        List<QueueTaskDispatcher> ours = takeOut(jenkins, QueueTaskDispatcher.class);
        List<QueueListener> listening = takeOut(jenkins, QueueListener.class);
        AlwaysNo no = new AlwaysNo();
        jenkins.jenkins.getExtensionList(QueueTaskDispatcher.class).add(no);
        fill(jobs);
        Awaitility.await().until(() -> Queue.getInstance().getItems().length == ITEMS && allBlocked());
        long before = no.asked();
        List<Long> times = measure();
        assertThat(no.asked() - before).as("it was this one that kept them").isGreaterThanOrEqualTo(ITEMS * ROUNDS);
        Queue.getInstance().clear();
        jenkins.jenkins.getExtensionList(QueueTaskDispatcher.class).remove(no);
        putBack(jenkins, QueueTaskDispatcher.class, ours);
        putBack(jenkins, QueueListener.class, listening);
        return times;
    }

    private static <T> List<T> takeOut(JenkinsRule jenkins, Class<T> kind) {
        ExtensionList<T> all = jenkins.jenkins.getExtensionList(kind);
        List<T> ours = all.stream()
                .filter(each -> each.getClass().getName().startsWith("io.jenkins.plugins.servicenowconnector."))
                .toList();
        assertThat(ours).isNotEmpty();
        all.removeAll(ours);
        return ours;
    }

    /** With the ranks that they had: what is merely added to a list has none. */
    private static <T> void putBack(JenkinsRule jenkins, Class<T> kind, List<T> ours) {
        jenkins.jenkins.getExtensionList(kind).refresh(new ExtensionComponentSet() {
            @Override
            public <E> Collection<ExtensionComponent<E>> find(Class<E> type) {
                return ours.stream()
                        .map(type::cast)
                        .map(each ->
                                new ExtensionComponent<>(each, each.getClass().getAnnotation(Extension.class)))
                        .toList();
            }
        });
        assertThat(jenkins.jenkins.getExtensionList(kind)).containsAll(ours);
    }

    /** Times of a queue whose items wait at their gate; they cost no executor, and few requests. */
    private static List<Long> gated(JenkinsRule jenkins, List<FreeStyleProject> jobs, boolean first) throws Exception {
        fill(jobs);
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

    private static void fill(List<FreeStyleProject> jobs) {
        for (int i = 0; i < ITEMS; i++) {
            GatedJobs.start(jobs.get(i % jobs.size()), GatedJobs.change(SERVICENOW));
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

    /** Of this thread, which does all of it: on a busy machine the time on the wall is also others'. */
    private static List<Long> measure() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = THREADS.getCurrentThreadCpuTime();
            Queue.getInstance().maintain();
            times.add(THREADS.getCurrentThreadCpuTime() - begin);
        }
        return times;
    }

    /** The twentieth that is fastest: what else the machine does makes the others longer, and never one shorter. */
    private static long fast(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 20).findFirst().orElseThrow();
    }
}
