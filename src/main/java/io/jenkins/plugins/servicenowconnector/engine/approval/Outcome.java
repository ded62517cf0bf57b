package io.jenkins.plugins.servicenowconnector.engine.approval;

/** How a wait can end by a decision; its word begins the message that a Pipeline sees. */
public enum Outcome {
    /** The ticket meets the approval criteria inside its change window. */
    APPROVED,
    /** The ticket meets the rejection criteria. */
    REJECTED,
    /** The change is over: a finished change authorises nothing. */
    FINISHED,
    /** The deadline came before a decision. */
    EXPIRED,
    /** The ticket is approved, but the time for its work is over. */
    WINDOW_MISSED,
    /** The ticket is not one that this wait may go by. */
    WRONG_TICKET;

    /** The fixed word: approved, rejected, finished, expired, window missed, wrong ticket. */
    @Override
    public String toString() {
        return Word.of(this);
    }
}
