package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Instant;

/**
 * How a wait ended.
 *
 * @param outcome the decision; null if there was none
 * @param message a sentence that begins with the outcome
 * @param ticket the ticket as it was last seen; null if it was never seen
 * @param failure why there was no decision; null if there was one
 * @param at when the ticket was seen like this, on the instance's clock; null if it was not seen
 */
public record WaitEnd(Outcome outcome, String message, Ticket ticket, ServiceNowException failure, Instant at) {

    static WaitEnd decided(Outcome outcome, String message, Ticket ticket, Instant at) {
        return new WaitEnd(outcome, message, ticket, null, at);
    }

    static WaitEnd failed(ServiceNowException failure) {
        return new WaitEnd(null, failure.getMessage(), null, failure, null);
    }

    /** Whether somebody has decided about the ticket, so that it is worth asking who. */
    public boolean isSomebodysDecision() {
        return outcome == Outcome.APPROVED || outcome == Outcome.REJECTED || outcome == Outcome.WINDOW_MISSED;
    }
}
