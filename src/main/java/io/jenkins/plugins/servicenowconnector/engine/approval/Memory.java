package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.Serializable;
import java.time.Instant;

/**
 * What a wait remembers from one look to the next.
 *
 * @param furthest the furthest state seen that is not New; empty if none was seen
 * @param beyondNewSince when such a state was first seen, in epoch milliseconds; 0 if none was seen
 * @param toldSentBack whether the log says that the change was sent back, until it is submitted again
 */
public record Memory(String furthest, long beyondNewSince, boolean toldSentBack) implements Serializable {

    /** What is remembered before the first look. */
    public static final Memory NONE = new Memory("", 0, false);

    /** Whether the change is in New again after this wait saw it further. */
    boolean isSentBack(Ticket ticket) {
        return !furthest.isEmpty() && ticket.value(ChangeRequestDefault.STATE).equals(ChangeRequestDefault.NEW);
    }

    /** What is remembered after this look. */
    Memory after(Ticket ticket, Instant now) {
        String state = ticket.value(ChangeRequestDefault.STATE);
        if (state.isEmpty() || state.equals(ChangeRequestDefault.NEW)) {
            return this;
        }
        String further = furthest.isEmpty() || isFurther(state) ? state : furthest;
        return new Memory(further, furthest.isEmpty() ? now.toEpochMilli() : beyondNewSince, false);
    }

    /** The same, with the log saying that the change was sent back. */
    Memory told() {
        return new Memory(furthest, beyondNewSince, true);
    }

    private boolean isFurther(String state) {
        try {
            return Integer.parseInt(state) > Integer.parseInt(furthest);
        } catch (NumberFormatException e) {
            // a shop's own state: nothing says how far it is
            return false;
        }
    }
}
