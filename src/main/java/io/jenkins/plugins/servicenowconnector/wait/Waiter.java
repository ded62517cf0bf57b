package io.jenkins.plugins.servicenowconnector.wait;

/** Somebody who waits for an approval. */
public interface Waiter {

    /** What is waited for. */
    ApprovalWait approval();

    /** The wait has gone on or changed; it is worth storing. */
    void changed();

    /** The wait is over; called once, not on Pipeline's thread. */
    void ended(WaitEnd end);
}
