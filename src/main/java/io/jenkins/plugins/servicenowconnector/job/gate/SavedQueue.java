package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Queue;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has Jenkins write its queue soon, once for many.
 *
 * <p>By itself Jenkins writes it a minute after items come or go, and not at all after it was loaded: a Jenkins that is killed
 * forgets what was in the queue, or brings back what has left it.
 */
@Extension
public class SavedQueue {

    private static final CallLane SAVING = new CallLane("saving the queue", 1);

    private static final long SECONDS_APART = 1;

    private List<GateRecord> over = new ArrayList<>();
    private boolean planned;

    /** Has the queue written. */
    static void soon() {
        ExtensionList.lookupSingleton(SavedQueue.class).plan();
    }

    /** Deletes the record of an item that has left the queue when that is on disk: until then the item may come back. */
    static void forget(GateRecord record) {
        SavedQueue one = ExtensionList.lookupSingleton(SavedQueue.class);
        synchronized (one) {
            one.over.add(record);
        }
        one.plan();
    }

    private synchronized void plan() {
        if (!planned) {
            planned = true;
            CallThreads.get().runLater(SAVING, this::save, SECONDS_APART, TimeUnit.SECONDS);
        }
    }

    private void save() {
        List<GateRecord> left;
        synchronized (this) {
            planned = false;
            left = over;
            over = new ArrayList<>();
        }
        Queue.getInstance().save();
        left.forEach(GateRecords::delete);
    }
}
