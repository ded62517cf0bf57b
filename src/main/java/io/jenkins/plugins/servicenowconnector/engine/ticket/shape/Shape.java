package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be written, everything looked up.
 *
 * @param table the table
 * @param values the fields with their texts as ServiceNow stores them; for several tickets the same
 * @param moving the fields that were given as a time from now
 * @param affected the configuration items that are to be attached once the ticket exists
 * @param lines what a person should know about how this came about, for the build's log
 */
public record Shape(
        String table,
        Map<String, String> values,
        Set<String> moving,
        List<ConfigurationItem> affected,
        List<String> lines) {

    public Shape {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        moving = Set.copyOf(moving);
        affected = List.copyOf(affected);
        lines = List.copyOf(lines);
    }

    /** The ticket to create. */
    public NewTicket ticket() {
        return new NewTicket(table, values, moving);
    }
}
