package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/**
 * Tells a gate that was taken away from one that is absent only while its job is saved: forms and Pipelines take all properties
 * of a job out before they put them in again.
 */
final class AbsentGates {

    /** So long saving a job takes at most, also on a machine that is busy. */
    private static final Duration USUAL = Duration.ofSeconds(1);

    private static final CauseOfBlockage CHANGING = new CauseOfBlockage() {
        @Override
        public String getShortDescription() {
            return Messages.AbsentGates_changing();
        }
    };

    /** Since when the gates of jobs are absent, by the clock of {@link System#nanoTime}; null for those that are there. */
    private final Map<Queue.Task, Long> jobs = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile long graceNanos = USUAL.toNanos();

    /** How long a gate is absent before it counts as taken away. */
    void grace(Duration time) {
        graceNanos = time.toNanos();
    }

    /** The gate of a job is there. */
    void isThere(Queue.Task job) {
        jobs.put(job, null);
    }

    /** What keeps an item whose job has no gate now; null if nothing does. Answers from memory. */
    CauseOfBlockage blockage(Queue.Item item) {
        boolean hadGate =
                item.task instanceof Job && (jobs.containsKey(item.task) || item.getAction(GateTicket.class) != null);
        if (!hadGate) {
            return null;
        }
        long now = System.nanoTime();
        Long since = jobs.putIfAbsent(item.task, now);
        if (since == null) {
            // the queue would be asked again by itself, but not so soon
            Timer.get()
                    .schedule(
                            () -> Queue.getInstance().scheduleMaintenance(),
                            graceNanos + TimeUnit.MILLISECONDS.toNanos(50),
                            TimeUnit.NANOSECONDS);
            since = now;
        }
        return now - since < graceNanos ? CHANGING : null;
    }
}
