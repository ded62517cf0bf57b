package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Refusals;

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
     * The error for a creation of which nobody can tell whether it happened.
     *
     * @param query what finds the ticket, if it is there
     */
    public static ServiceNowException unknown(ServiceNowException failure, String table, String query) {
        return new ServiceNowException(
                Kind.OUTCOME_UNKNOWN,
                "Whether the ticket was created is unknown: " + failure.sentence() + " Look in " + table + " for "
                        + query + " before you run this again.",
                failure.facts());
    }
}
