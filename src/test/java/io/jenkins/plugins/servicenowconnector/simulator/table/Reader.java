package io.jenkins.plugins.servicenowconnector.simulator.table;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column.Kind;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * For whom a query runs.
 *
 * @param literalZone the zone in which date literals of a query are read
 */
public record Reader(String userName, String sysId, ZoneId zone, ZoneId literalZone) {

    /** Reads as nobody in particular. */
    public static final Reader SYSTEM = new Reader("system", "", ZoneOffset.UTC, ZoneOffset.UTC);

    /** The value as it is compared: expressions worked out, dates in UTC; unknown expressions are empty. */
    String evaluate(String value, Column column) {
        if (value.startsWith("javascript:")) {
            return expression(value.substring("javascript:".length()).trim().replace(";", ""));
        }
        boolean isDate = column.kind() == Kind.DATE_TIME;
        return isDate ? InstanceClock.typed(value, literalZone).orElse(value) : value;
    }

    private String expression(String script) {
        return switch (script) {
            case "gs.getUserName()" -> userName;
            case "gs.getUserID()" -> sysId;
            default -> dateGenerate(script);
        };
    }

    /** {@code gs.dateGenerate('date','time')} is the user's own time. */
    private String dateGenerate(String script) {
        String[] parts = script.split("'");
        boolean isDate = script.startsWith("gs.dateGenerate(") && parts.length == 5;
        return isDate ? InstanceClock.typed(parts[1] + " " + parts[3], zone).orElse("") : "";
    }
}
