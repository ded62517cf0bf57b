package io.jenkins.plugins.servicenowconnector.job;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** Takes items out of Jenkins' queue. */
public final class QueueExit {

    private static final Logger LOGGER = Logger.getLogger(QueueExit.class.getName());

    private QueueExit() {}

    /**
     * Takes an item out; under the queue's lock, because an item that moves on in the queue is replaced by another object, and
     * one that has been replaced cannot be taken out any more. The Pipelines that have asked for the build are told before in
     * their logs: their step sees no more than that it was cancelled.
     *
     * @param id the queue's own number of the item
     * @param reason a sentence
     * @return the item as it was last; null if it has left the queue before
     */
    public static Queue.Item take(long id, String reason) {
        tell(Queue.getInstance().getItem(id), reason);
        Queue.Item[] taken = new Queue.Item[1];
        Queue.withLock(() -> {
            Queue.Item now = Queue.getInstance().getItem(id);
            taken[0] = now != null && Queue.getInstance().cancel(now) ? now : null;
        });
        return taken[0];
    }

    private static void tell(Queue.Item item, String reason) {
        if (item == null || !(item.task instanceof Job<?, ?> job)) {
            return;
        }
        String line = ModelHyperlinkNote.encodeTo(job) + " was not started: " + reason;
        for (Cause cause : item.getCauses()) {
            Run<?, ?> parent = cause instanceof Cause.UpstreamCause upstream ? upstream.getUpstreamRun() : null;
            if (parent instanceof FlowExecutionOwner.Executable pipeline && parent.isBuilding()) {
                tell(pipeline.asFlowExecutionOwner(), line);
            }
        }
    }

    private static void tell(FlowExecutionOwner parent, String line) {
        try {
            if (parent != null) {
                parent.getListener().getLogger().println(line);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> parent + " could not be told: " + line);
        }
    }
}
