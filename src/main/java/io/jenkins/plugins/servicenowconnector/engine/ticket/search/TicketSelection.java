package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import io.jenkins.plugins.servicenowconnector.engine.rest.UserQuery;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tickets are meant: one by its key, or those that a query finds.
 *
 * @param table their table
 * @param key the one ticket's number or sys_id; null for a query
 * @param query finds several; null for one
 * @param equal what every ticket that the query finds must hold, by field; empty for a query that the user wrote
 * @param limit how many the query may find; 1 for a key
 */
public record TicketSelection(String table, TicketKey key, UserQuery query, Map<String, String> equal, int limit) {

    public TicketSelection {
        equal = Collections.unmodifiableMap(new LinkedHashMap<>(equal));
    }

    /** Whether one ticket is meant, so that none or two are an error. */
    public boolean isOne() {
        return key != null;
    }

    /** How it reads in a message: a number, a sys_id, or the query. */
    @Override
    public String toString() {
        return isOne() ? key.toString() : query.query().text();
    }
}
