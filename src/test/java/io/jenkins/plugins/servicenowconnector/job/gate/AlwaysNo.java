package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import java.util.concurrent.atomic.AtomicLong;

/** Says no to every item, and counts how often it was asked. */
final class AlwaysNo extends QueueTaskDispatcher {

    private static final CauseOfBlockage NO = new CauseOfBlockage() {
        @Override
        public String getShortDescription() {
            return "no";
        }
    };

    private final AtomicLong asked = new AtomicLong();
    /** How often it has said no. */
    long asked() {
        return asked.get();
    }

    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        asked.incrementAndGet();
        return NO;
    }
}
