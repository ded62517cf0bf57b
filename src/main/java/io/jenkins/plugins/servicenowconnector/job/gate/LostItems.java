package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Extension;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import java.util.HashSet;
import java.util.Set;
import jenkins.model.Jenkins;

/** Finds the records whose item is not in the queue of this life of Jenkins. */
@Extension
public final class LostItems extends ItemListener {

    /** A build that started just before a crash is one of the newest. */
    private static final int NEWEST = 20;

    /** Who looks makes no call; what tickets are told has threads of its own. */
    private static final CallLane LOOKING = new CallLane("lost items", 1);

    /** Looks once, when jobs and queue are loaded. */
    @Override
    public void onLoaded() {
        CallThreads.get().run(LOOKING, LostItems::tell);
    }

    private static void tell() {
        Set<String> waiting = new HashSet<>();
        for (Queue.Item item : Queue.getInstance().getItems()) {
            GateTicket mark = item.getAction(GateTicket.class);
            if (mark != null) {
                waiting.add(mark.id());
            }
        }
        if (!waiting.isEmpty()) {
            SavedQueue.soon();
        }
        for (GateRecord record : GateRecords.all()) {
            if (!waiting.contains(record.id())) {
                tell(record);
            }
        }
    }

    private static void tell(GateRecord record) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(record.job(), Job.class);
        if (job == null || record.isSettled() || hasStarted(job, record)) {
            GateRecords.delete(record);
        } else if (record.unneeded().isEmpty()) {
            LeftTicket.of(job, record).tellLost();
        } else {
            LeftTicket.of(job, record).settle();
        }
    }

    private static boolean hasStarted(Job<?, ?> job, GateRecord record) {
        int seen = 0;
        for (Run<?, ?> run : job.getBuilds()) {
            GateTicket mark = run.getAction(GateTicket.class);
            if (mark != null && mark.id().equals(record.id())) {
                return true;
            }
            seen++;
            if (seen == NEWEST) {
                return false;
            }
        }
        return false;
    }
}
