package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;

/**
 * How a wait ended.
 *
 * @param outcome the decision; null if there was none
 * @param message a sentence that begins with the outcome
 * @param ticket the ticket as it was last seen; null if it was never seen
 * @param failure why there was no decision; null if there was one
 */
public record WaitEnd(Outcome outcome, String message, Ticket ticket, ServiceNowException failure) {

    static WaitEnd decided(Outcome outcome, String message, Ticket ticket) {
        return new WaitEnd(outcome, message, ticket, null);
    }

    static WaitEnd failed(ServiceNowException failure) {
        return new WaitEnd(null, failure.getMessage(), null, failure);
    }
}
