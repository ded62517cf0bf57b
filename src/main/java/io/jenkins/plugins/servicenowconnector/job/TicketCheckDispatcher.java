package io.jenkins.plugins.servicenowconnector.job;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.servicenowconnector.job.gate.Gates;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps builds in the queue until the tickets that they name are checked, however they were started. */
@Extension
public class TicketCheckDispatcher extends QueueTaskDispatcher {

    private final Map<Long, TicketCheck> checks = new ConcurrentHashMap<>();

    /** Asked with the queue's lock held, again and again: answers from memory. */
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        if (Gates.hasAdmitted(item)) {
            // it was checked before it came to its gate, perhaps in an earlier life of Jenkins, and its ticket has
            // moved on
            return null;
        }
        TicketCheck check = checks.compute(item.getId(), (id, known) -> known(known, item));
        String reason = check == null ? null : check.reason();
        return reason == null ? null : new Blockage(reason);
    }

    private static TicketCheck known(TicketCheck known, Queue.Item item) {
        if (known != null && known.isFor(item)) {
            return known;
        }
        if (known != null) {
            known.leave();
        }
        return TicketCheck.begin(item);
    }

    /** Why a build waits. */
    private static final class Blockage extends CauseOfBlockage {

        private final String reason;

        Blockage(String reason) {
            this.reason = reason;
        }

        @Override
        public String getShortDescription() {
            return reason;
        }
    }

    /** Forgets the checks of items that have left the queue. */
    @Extension
    public static class Leaving extends QueueListener {

        @Override
        public void onLeft(Queue.LeftItem item) {
            TicketCheck check = ExtensionList.lookupSingleton(TicketCheckDispatcher.class)
                    .checks
                    .remove(item.getId());
            if (check != null) {
                check.leave();
            }
        }
    }
}
