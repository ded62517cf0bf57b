package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Instant;
import java.util.List;

/**
 * How a wait ended.
 *
 * @param outcome the decision; null if there was none
 * @param message a sentence that begins with the outcome
 * @param ticket the ticket as it was last seen; null if it was never seen
 * @param failure why there was no decision; null if there was one
 * @param at when the ticket was seen like this, on the instance's clock; null if it was not seen
 * @param approvers who decided; null if nobody has asked yet
 */
public record WaitEnd(
        Outcome outcome,
        String message,
        Ticket ticket,
        ServiceNowException failure,
        Instant at,
        List<Approver> approvers) {

    static WaitEnd decided(Ended ended, Ticket ticket, Instant at, List<Approver> approvers) {
        return new WaitEnd(ended.outcome(), ended.message(), ticket, null, at, approvers);
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

    /** Whether somebody has decided about the ticket, so that it is worth asking who. */
    public boolean isSomebodysDecision() {
        return outcome == Outcome.APPROVED || outcome == Outcome.REJECTED || outcome == Outcome.WINDOW_MISSED;
    }
}
