package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;

/**
 * What one look at a ticket gave: the ticket, or why there is none.
 *
 * @param ticket the ticket; null if the look failed
 * @param failure why there is none; null if the look succeeded
 * @param at the time of the instance's clock when it answered; null if the look failed
 */
public record Look(Ticket ticket, ServiceNowException failure, Instant at) {

    static Look at(Ticket ticket, Instant at) {
        return new Look(ticket, null, at);
    }

    /** A look that brought no ticket. */
    public static Look failed(ServiceNowException failure) {
        return new Look(null, failure, null);
    }
}
