package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A ticket that is to be created, checked.
 *
 * @param table its table
 * @param values its fields by name, as ServiceNow stores them
 * @param moving those of them that come out differently each time that they are made, such as two hours from now
 */
public record NewTicket(String table, Map<String, String> values, Set<String> moving) {

    private static final String CHANGE = "change_request";

    /** Each has a change model of its name on every instance (servicenow-rest §5.2). */
    public static final Set<String> CHANGE_TYPES = Set.of("normal", "standard", "emergency");

    public NewTicket {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        moving = Set.copyOf(moving);
    }

    /**
     * Checks what a user gives.
     *
     * @param ticketType the table, in any case
     * @param shortDescription may be null
     * @param description may be null
     * @param changeType {@code normal}, {@code standard} or {@code emergency}; null for normal, and for other tables
     * @param fields further fields; they win over the ones above
     * @throws ServiceNowException with the parameter's name, before anything is sent
     */
    public static NewTicket of(
            String ticketType, String shortDescription, String description, String changeType, Map<String, ?> fields)
            throws ServiceNowException {
        String table = Syntax.table("ticketType", ticketType);
        NeverWritten.checkTable("ticketType", table);
        Map<String, String> all = new LinkedHashMap<>();
        putIfGiven(all, "short_description", "shortDescription", shortDescription);
        putIfGiven(all, "description", "description", description);
        addType(all, table, changeType);
        all.putAll(FieldInput.read("fields", fields));
        NeverWritten.checkFields("fields", all.keySet());
        if (table.equals(CHANGE)) {
            addModel(all);
        }
        return new NewTicket(table, all, Set.of());
    }

    /** The same ticket with one more field, unless the user gave that field. */
    public NewTicket withDefault(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.putIfAbsent(field, value);
        return new NewTicket(table, more, moving);
    }

    /** What can be compared with a ticket that was sent before. */
    public NewTicket withoutMoving() {
        Map<String, String> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(moving);
        return new NewTicket(table, rest, Set.of());
    }

    private static void addType(Map<String, String> fields, String table, String changeType)
            throws ServiceNowException {
        if (!table.equals(CHANGE)) {
            if (changeType != null) {
                throw ServiceNowException.badInput("changeType", "belongs to tickets of type change_request only.");
            }
            return;
        }
        String type = changeType == null ? "normal" : changeType.trim().toLowerCase(Locale.ROOT);
        if (!CHANGE_TYPES.contains(type)) {
            throw ServiceNowException.badInput("changeType", "must be normal, standard or emergency.");
        }
        fields.put("type", type);
    }

    /** With a type alone, the model of the same name is meant: without one, the default changes by release (§14). */
    private static void addModel(Map<String, String> fields) {
        String type = fields.getOrDefault("type", "");
        if (CHANGE_TYPES.contains(type)) {
            fields.putIfAbsent("chg_model", type);
        }
    }

    private static void putIfGiven(Map<String, String> fields, String field, String parameter, String text)
            throws ServiceNowException {
        if (text != null && !text.isBlank()) {
            fields.put(field, FieldInput.single(parameter, text));
        }
    }
}
