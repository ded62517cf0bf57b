package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

/** Whether a table keeps what was sent to find a ticket again. */
public enum Kept {
    /** No answer has told yet. */
    UNKNOWN,
    /** It came back as sent. */
    YES,
    /** It came back otherwise or not at all. */
    NO;

    static Kept of(String sent, boolean cameBack) {
        if (sent.isEmpty()) {
            return UNKNOWN;
        }
        return cameBack ? YES : NO;
    }
}
