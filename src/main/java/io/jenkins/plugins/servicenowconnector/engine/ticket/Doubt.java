package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Refusals;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Tells whether a failed write may have been stored all the same, and says so to a person. */
public final class Doubt {

    private Doubt() {}

    /** A refusal that says why is no doubt; anything that leaves open whether the record was stored is. */
    public static boolean remains(ServiceNowException failure) {
        return failure.mayHaveArrived()
                && switch (failure.kind()) {
                    case TIMEOUT, NETWORK, TLS, PROTOCOL, ASLEEP, NO_AGENT, OUTCOME_UNKNOWN -> true;
                    case FORBIDDEN -> !Refusals.isExplained(failure.facts());
                    default -> false;
                };
    }

    /**
     * @param query what finds the ticket, if it is there
     */
    static ServiceNowException unknown(ServiceNowException failure, String table, String query) {
        return new ServiceNowException(
                Kind.OUTCOME_UNKNOWN,
                "Whether the ticket was created is unknown: " + failure.sentence() + " Look in " + table + " for "
                        + query + " before you run this again.",
                failure.facts());
    }

    /**
     * @param failure what the last call ended with; null if Jenkins was restarted since
     */
    static ServiceNowException unknown(ServiceNowException failure, CreateState state) {
        String query = state.sent().isNone() ? "what was sent" : state.sent().toString();
        if (failure != null) {
            return unknown(failure, state.table(), query);
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
}
