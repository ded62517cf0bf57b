package io.jenkins.plugins.servicenowconnector.job;

import hudson.model.Queue;

/** Takes items out of Jenkins' queue. */
public final class QueueExit {

    private QueueExit() {}

    /**
     * Takes an item out; under the queue's lock, because an item that moves on in the queue is replaced by another object, and
     * one that has been replaced cannot be taken out any more.
     *
     * @param id the queue's own number of the item
     * @return the item as it was last; null if it has left the queue before
     */
    public static Queue.Item take(long id) {
        Queue.Item[] taken = new Queue.Item[1];
        Queue.withLock(() -> {
            Queue.Item now = Queue.getInstance().getItem(id);
            taken[0] = now != null && Queue.getInstance().cancel(now) ? now : null;
        });
        return taken[0];
    }
}
