package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says no to every item while it is on, and counts how often it was asked.
 *
 * <p>Jenkins asks dispatchers of equal rank in the order of their names: this one comes before ours, so that whoever measures
 * it measures nothing of ours.
 */
final class AlwaysNo extends QueueTaskDispatcher {

    private static final CauseOfBlockage NO = new CauseOfBlockage() {
        @Override
        public String getShortDescription() {
            return "no";
        }
    };

    private final AtomicLong asked = new AtomicLong();
    private volatile boolean isOn;

    void turn(boolean on) {
        isOn = on;
    }

    /** How often it has said no. */
    long asked() {
        return asked.get();
    }

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (!isOn) {
            return null;
        }
        asked.incrementAndGet();
        return NO;
    }
}
