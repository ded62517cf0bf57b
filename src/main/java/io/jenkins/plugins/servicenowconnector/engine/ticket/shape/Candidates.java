package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import java.util.List;
import java.util.stream.Collectors;

/** The errors for a name that means no record, or more than one: with those that may have been meant. */
final class Candidates {

    /** The most that an error lists. */
    static final int SHOWN = 10;

    private Candidates() {}

    static ServiceNowException none(String parameter, ReferredTable table, String text, List<Row> near) {
        String hint = near.isEmpty() ? "" : " Similar ones: " + list(table, near) + ".";
        String by = RecordLookup.isSysId(text) ? "sys_id" : table.by();
        return error(
                Kind.NOT_FOUND,
                table.table(),
                parameter + ": there is no active record '" + text + "' in " + table.table() + " (looked for by " + by
                        + ") that the account may see; check the spelling and the account's right to read "
                        + table.table() + "." + hint);
    }

    static ServiceNowException several(String parameter, ReferredTable table, String text, List<Row> rows) {
        return error(
                Kind.AMBIGUOUS,
                table.table(),
                parameter + ": '" + text + "' means more than one active record in " + table.table() + ": "
                        + list(table, rows) + ". Give the sys_id of one instead.");
    }

    static ServiceNowException error(Kind kind, String table, String sentence) {
        return new ServiceNowException(kind, sentence, new Facts(table, "", 0, "", "", "", ""));
    }

    private static String list(ReferredTable table, List<Row> rows) {
        return list(rows.stream().map(row -> shown(table, row)).toList());
    }

    /** At most ten of them. */
    static String list(List<String> texts) {
        return texts.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (texts.size() > SHOWN ? " and others" : "");
    }

    private static String shown(ReferredTable table, Row row) {
        String kind = row.value("sys_class_name");
        boolean isOfOtherTable = !kind.isEmpty() && !kind.equals(table.table());
        boolean isInactive = row.value("active").equals("false");
        return name(table, row) + " (" + (isInactive ? "not active, " : "") + (isOfOtherTable ? kind + ", " : "")
                + row.value("sys_id") + ")";
    }

    /** What people call a record: its full name with the user name, or its display field. */
    static String name(ReferredTable table, Row row) {
        String first = row.value(table.keys().get(0));
        String last = row.value(table.keys().get(table.keys().size() - 1));
        if (first.equals(last) || last.isEmpty()) {
            return first.isEmpty() ? row.value("sys_id") : first;
        }
        return first.isEmpty() ? last : last + ", " + first;
    }
}
