package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.List;

/**
 * The tickets that were read.
 *
 * @param tickets one for a key, any number for a query
 * @param isMore whether there may be more tickets that the account may read than the query's limit let through
 * @param unreadable how many tickets match that did not come, since the account may not read them; 0 if that is not known
 * @param missing the names of fields that were asked for and came back with no ticket: they do not exist, or may not be read
 */
public record Found(List<Ticket> tickets, boolean isMore, long unreadable, List<String> missing) {

    public Found {
        tickets = List.copyOf(tickets);
        missing = List.copyOf(missing);
    }
}
