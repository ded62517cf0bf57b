package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says to a person that nobody can tell whether a ticket was created or what has become of it, and how to find it. */
final class UnknownOutcome {

    private UnknownOutcome() {}

    /**
     * @param failure what the last call ended with; null if Jenkins was restarted since
     */
    static ServiceNowException of(ServiceNowException failure, CreateState state) {
        String query = state.sent().isNone() ? "what was sent" : state.sent().toString();
        if (failure != null) {
            return Doubt.unknown(failure, state.table(), query);
        }
        Instant sent = state.sentAt().truncatedTo(ChronoUnit.SECONDS);
        return new ServiceNowException(
                Kind.OUTCOME_UNKNOWN,
                "Whether the ticket was created is unknown: it was sent at " + sent
                        + " and what became of it was never learnt. Look in " + state.table() + " for " + query
                        + " before you run this again.",
                Facts.NONE);
    }

    /** Refused because a record has our key, which nobody here can see. */
    static ServiceNowException hidden(ServiceNowException refusal, CreateState state) {
        return new ServiceNowException(
                Kind.OUTCOME_UNKNOWN,
                "ServiceNow says that the ticket exists already, but the account sees none in " + state.table()
                        + ": it may lack the right to read it, or the ticket is of another type. Look for "
                        + state.sent() + " before you run this again.",
                refusal.facts());
    }

    /** It was created, and is not there any more. */
    static ServiceNowException gone(CreateState state) {
        return new ServiceNowException(
                Kind.NOT_FOUND,
                "The ticket with sys_id=" + state.ticket() + " that was created here before is no longer in "
                        + state.table() + ", or the account may not see it; no other one is created for it.",
                Facts.NONE);
    }
}
