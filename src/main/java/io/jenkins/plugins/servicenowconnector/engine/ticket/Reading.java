package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;

/**
 * What one attempt to read a ticket gave: the ticket, or why there is none.
 *
 * @param ticket the ticket; null if it could not be read
 * @param failure why there is none; null if there is one
 * @param at the time of the instance's clock when it answered; null if it did not
 * @param note a sentence that a log should say once about how the ticket is read; empty for none
 */
public record Reading(Ticket ticket, ServiceNowException failure, Instant at, String note) {

    /** The ticket as it was at a moment. */
    public static Reading of(Ticket ticket, Instant at) {
        return new Reading(ticket, null, at, "");
    }

    /** No ticket. */
    public static Reading failed(ServiceNowException failure) {
        return new Reading(null, failure, null, "");
    }

    Reading noting(String sentence) {
        return new Reading(ticket, failure, at, sentence);
    }
}
