package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.List;

/**
 * The tickets that were read.
 *
 * @param tickets one for a key, any number for a query
 * @param isMore whether the query matches more tickets than its limit let through
 * @param missing the names of fields that were asked for and came back with no ticket: they do not exist, or may not be read
 */
public record Found(List<Ticket> tickets, boolean isMore, List<String> missing) {

    public Found {
        tickets = List.copyOf(tickets);
        missing = List.copyOf(missing);
    }
}
