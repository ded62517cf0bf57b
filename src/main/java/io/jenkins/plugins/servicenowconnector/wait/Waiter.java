package io.jenkins.plugins.servicenowconnector.wait;

import hudson.model.Item;

/** Somebody who waits for an approval. */
public interface Waiter {

    /** What is waited for. */
    ApprovalWait approval();

    /** The job that waits: its connector may be closed to it at any time. */
    Item job();

    /** From where upwards the connector is looked for: the job, or a folder that waits on its behalf. */
    default Item place() {
        return job();
    }

    /** What people call the place where it waits, such as {@code deploy #3}. */
    String title();

    /** The address of that place, below Jenkins' own, without a slash at the front. */
    String url();

    /** Whether pages may show more of the ticket than its number; no where its type is sensitive. */
    default boolean showsTicket() {
        return true;
    }

    /** Whether the log or the result of the wait says who decided, which takes a question. */
    default boolean asksWhoDecided() {
        return false;
    }

    /** The wait has gone on or changed; it is worth storing. */
    void changed();

    /** The wait is over; called once, not on Pipeline's thread. */
    void ended(WaitEnd end);
}
