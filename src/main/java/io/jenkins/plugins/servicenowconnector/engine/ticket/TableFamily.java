package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the tables that a table inherits its fields and choices from. */
final class TableFamily {

    static final String TABLES = "sys_db_object";

    /** Those of the usual tickets, for accounts that may not look tables up. */
    static final Map<String, String> USUAL = Map.of(
            "change_request", "Change Request",
            "change_task", "Change Task",
            "incident", "Incident",
            "problem", "Problem");

    private static final String TASK = "task";
    private static final String PARENT = "super_class.";
    private static final int GENERATIONS = 4;

    private final FormQuery forms;

    TableFamily(FormQuery forms) {
        this.forms = forms;
    }

    /** The table, then its parents, nearest first; with one request. */
    List<String> of(String table) throws ServiceNowException, InterruptedException {
        List<Row> rows = List.of();
        try {
            rows = forms.rows(TABLES, Map.of("name", List.of(table)), parents(), 2);
        } catch (ServiceNowException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
        }
        return rows.isEmpty() ? guess(table) : chain(table, rows.get(0));
    }

    private static List<String> parents() {
        List<String> fields = new ArrayList<>();
        for (int i = 1; i <= GENERATIONS; i++) {
            fields.add(PARENT.repeat(i) + "name");
        }
        return fields;
    }

    private static List<String> chain(String table, Row row) {
        List<String> chain = new ArrayList<>(List.of(table));
        for (String parent : parents()) {
            String name = row.value(parent);
            if (name.matches("[a-z][a-z0-9_]*") && !chain.contains(name)) {
                chain.add(name);
            }
        }
        return chain;
    }

    private static List<String> guess(String table) {
        return USUAL.containsKey(table) ? List.of(table, TASK) : List.of(table);
    }
}
