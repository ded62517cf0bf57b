package io.jenkins.plugins.servicenowconnector.wait;

import hudson.model.Item;

/** Somebody who waits for an approval. */
public interface Waiter {

    /** What is waited for. */
    ApprovalWait approval();

    /** The job that waits: its connector may be closed to it at any time. */
    Item job();

    /** The wait has gone on or changed; it is worth storing. */
    void changed();

    /** The wait is over; called once, not on Pipeline's thread. */
    void ended(WaitEnd end);
}
