package io.jenkins.plugins.servicenowconnector.engine.ticket;

import java.util.List;

/**
 * A ticket that was just created.
 *
 * @param ticket the ticket as ServiceNow stored it
 * @param notTaken the names of fields that were sent with a value but came back with another one or not at all: a missing
 *     right, a choice that does not exist, or a rule of the instance
 */
public record Created(Ticket ticket, List<String> notTaken) {

    public Created {
        notTaken = List.copyOf(notTaken);
    }
}
