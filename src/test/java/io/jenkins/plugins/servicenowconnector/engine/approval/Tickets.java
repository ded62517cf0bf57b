package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tickets for tests: a change request in Assess unless it is told otherwise. */
final class Tickets {

    static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private static final Map<String, String> LABELS = Map.of(
            "-5", "New",
            "-4", "Assess",
            "-3", "Authorize",
            "-2", "Scheduled",
            "-1", "Implement",
            "0", "Review",
            "3", "Closed",
            "4", "Canceled");

    private final String table;
    private final Map<String, FieldValue> fields = new LinkedHashMap<>();

    private Tickets(String table) {
        this.table = table;
    }

    static Tickets change() {
        return new Tickets("change_request")
                .state("-4")
                .with("active", "true")
                .with("approval", "requested", "Requested")
                .with("on_hold", "false")
                .with("on_hold_reason", "")
                .with("start_date", "")
                .with("end_date", "");
    }

    static Tickets approvedChange() {
        return change().state("-2").with("approval", "approved", "Approved");
    }

    static Tickets of(String table) {
        return new Tickets(table);
    }

    Tickets state(String value) {
        return with("state", value, LABELS.getOrDefault(value, "Own state " + value));
    }

    Tickets with(String field, String value) {
        return with(field, value, value);
    }

    Tickets with(String field, String value, String displayValue) {
        fields.put(field, new FieldValue(value, displayValue));
        return this;
    }

    Tickets without(String field) {
        fields.remove(field);
        return this;
    }

    Ticket read() {
        return new Ticket(table, SYS_ID, "CHG0030001", fields);
    }
}
