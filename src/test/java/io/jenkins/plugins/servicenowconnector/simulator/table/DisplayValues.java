package io.jenkins.plugins.servicenowconnector.simulator.table;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What a person reads instead of a raw value. */
public final class DisplayValues {

    private final Tables tables;
    private final ZoneId zone;

    /**
     * @param zone the reader's time zone, in which dates are shown
     */
    public DisplayValues(Tables tables, ZoneId zone) {
        this.tables = tables;
        this.zone = zone;
    }

    public String of(Cell cell) {
        Column column = cell.column();
        String value = cell.value();
        return switch (column.kind()) {
            case CHOICE -> column.labelOf(value).orElse(value);
            case REFERENCE -> referenced(column.reference(), value);
            case GLIDE_LIST ->
                Arrays.stream(value.split(","))
                        .map(id -> referenced(column.reference(), id))
                        .collect(Collectors.joining(", "));
            case DATE_TIME -> InstanceClock.shown(value, zone);
            case JOURNAL -> cell.row().map(row -> journal(row, column)).orElse("");
            case STRING, INTEGER, BOOLEAN -> value;
        };
    }

    /** The display value of a referenced record; a dangling reference has none. */
    private String referenced(String table, String sysId) {
        return tables.find(table, sysId)
                .map(row -> row.get(row.schema().displayField()))
                .orElse("");
    }

    private String journal(Row row, Column column) {
        List<String> entries = new ArrayList<>(row.journal().stream()
                .filter(entry -> entry.field().equals(column.name()))
                .map(entry -> "%s - %s (%s)\n%s\n\n"
                        .formatted(
                                InstanceClock.shown(entry.createdOn(), zone),
                                author(entry.createdBy()),
                                column.label(),
                                entry.text()))
                .toList());
        Collections.reverse(entries);
        return String.join("", entries);
    }

    private String author(String userName) {
        return tables.first("sys_user", "user_name", userName)
                .map(user -> user.get("name"))
                .orElse(userName);
    }
}
