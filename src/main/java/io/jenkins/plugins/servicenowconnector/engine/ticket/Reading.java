package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Duration;
import java.time.Instant;

/**
 * What one attempt to read a ticket gave: the ticket, or why there is none.
 *
 * @param ticket the ticket; null if it could not be read
 * @param failure why there is none; null if there is one
 * @param at the time of the instance's clock when it answered; null if it did not
 * @param ahead how far the instance's clock is ahead of ours, at least; negative if it is behind, zero if neither is known
 * @param note a sentence that a log should say once about how the ticket is read; empty for none
 * @param nanos when this was known, by the clock of {@link System#nanoTime}, which nobody sets
 */
public record Reading(Ticket ticket, ServiceNowException failure, Instant at, Duration ahead, String note, long nanos) {

    /** The ticket as it was at a moment. */
    public static Reading of(Ticket ticket, Instant at) {
        return new Reading(ticket, null, at, Duration.ZERO, "", System.nanoTime());
    }

    /**
     * The same, with the clocks compared.
     *
     * @param asked when it was asked for, on our clock
     * @param answered when the answer was there, on our clock
     */
    Reading between(Instant asked, Instant answered) {
        if (at == null || !at.isAfter(answered) && !at.isBefore(asked)) {
            return this;
        }
        Duration gap = Duration.between(at.isAfter(answered) ? answered : asked, at);
        return new Reading(ticket, failure, at, gap, note, nanos);
    }

    /** No ticket. */
    public static Reading failed(ServiceNowException failure) {
        return new Reading(null, failure, null, Duration.ZERO, "", System.nanoTime());
    }

    /** The same, with a sentence that a log should say once. */
    public Reading noting(String sentence) {
        return new Reading(ticket, failure, at, ahead, sentence, nanos);
    }

    /** How long ago this was known. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
