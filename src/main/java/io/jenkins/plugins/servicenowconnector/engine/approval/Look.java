package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Instant;
import java.util.Objects;

/**
 * What is known when a ticket is looked at.
 *
 * @param ticket the ticket as it was just read
 * @param now the time on the instance's clock
 * @param deadlineReached whether this is the last look
 * @param approverRejected whether an approver has rejected since {@link Memory#beyondNewSince()}; asked for only where
 *     {@link Terms#asksApprovers} says so, false elsewhere
 */
public record Look(Ticket ticket, Instant now, boolean deadlineReached, boolean approverRejected) {

    public Look {
        Objects.requireNonNull(ticket);
        Objects.requireNonNull(now);
    }

    /** A look that is not the last, as far as the ticket itself tells. */
    public static Look at(Reading reading) {
        return new Look(reading.ticket(), reading.at(), false, false);
    }
}
