package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a wait ended.
 *
 * @param outcome the decision; null if there was none
 * @param message a sentence that begins with the outcome
 * @param ticket the ticket as it was last seen; null if it was never seen
 * @param failure why there was no decision; null if there was one
 * @param at when the ticket was seen like this, on the instance's clock; null if it was not seen
 * @param approvers who decided; null if nobody has asked yet, or nobody can say
 * @param nameless why nobody can say who decided; null if somebody can, or nobody has asked
 * @param nanos when the ticket was seen like this, or else the end was found, by the clock of {@link System#nanoTime}, which
 *     nobody sets
 */
public record WaitEnd(
        Outcome outcome,
        String message,
        Ticket ticket,
        ServiceNowException failure,
        Instant at,
        List<Approver> approvers,
        ServiceNowException nameless,
        long nanos) {

    /**
     * Where the retry interval is shorter than this, a decision may be as old as this: twice the time for the question who
     * decided, so that an unanswered one does not lead to a new look each time.
     */
    private static final Duration YOUNG = WaitEnds.PATIENCE.multipliedBy(2);

    /** An end that was found now, of which nobody has asked who decided. */
    public WaitEnd(
            Outcome outcome,
            String message,
            Ticket ticket,
            ServiceNowException failure,
            Instant at,
            List<Approver> approvers) {
        this(outcome, message, ticket, failure, at, approvers, null, System.nanoTime());
    }

    static WaitEnd decided(Ended ended, Reading reading, List<Approver> approvers) {
        return new WaitEnd(
                ended.outcome(),
                ended.message(),
                reading.ticket(),
                null,
                reading.at(),
                approvers,
                null,
                reading.nanos());
    }

    static WaitEnd expired(Ended ended) {
        return new WaitEnd(ended.outcome(), ended.message(), null, null, null, null);
    }

    static WaitEnd failed(ServiceNowException failure) {
        return new WaitEnd(null, failure.getMessage(), null, failure, null, null);
    }

    /** Nobody waits any more. */
    public static WaitEnd stopped(String message) {
        return new WaitEnd(null, message, null, null, null, null);
    }

    /** The same, knowing who decided. */
    WaitEnd named(List<Approver> deciders) {
        return new WaitEnd(outcome, message, ticket, failure, at, deciders, null, nanos);
    }

    /** The same, with the reason why nobody can say who decided. */
    WaitEnd unnamed(ServiceNowException reason) {
        return new WaitEnd(outcome, message, ticket, failure, at, null, reason, nanos);
    }

    /** Who decided, on one line; empty if nobody did, or nobody can say. */
    public String deciders() {
        return approvers == null
                ? ""
                : approvers.stream().map(Approver::toString).collect(Collectors.joining("; "));
    }

    /**
     * Whether the ticket has to be looked at again before a build goes on, because it may have changed.
     *
     * @param interval the wait's retry interval
     */
    public boolean isTooOld(Duration interval) {
        return age().compareTo(interval.compareTo(YOUNG) < 0 ? YOUNG : interval) > 0;
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /**
     * How much longer the decision lets a build go on: until one interval after the look that brought it, save where the
     * interval is so short that nobody could keep to that.
     */
    public Duration left(Duration interval) {
        return interval.compareTo(YOUNG) < 0 ? interval : interval.minus(age());
    }

    /** Whether somebody has decided about the ticket, so that it is worth asking who. */
    public boolean isSomebodysDecision() {
        return outcome == Outcome.APPROVED || outcome == Outcome.REJECTED || outcome == Outcome.WINDOW_MISSED;
    }
}
