package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables that a table extends: fields and choices that it has may be theirs (servicenow-rest §5.4). */
public final class TableLineage {

    /** The table about tables. */
    public static final String TABLES = "sys_db_object";

    private static final String TASK = "task";

    /** They extend {@code task} on every instance, so that nobody needs to be asked. */
    private static final Set<String> TASKS =
            Set.of("change_request", "change_task", "incident", "incident_task", "problem", "problem_task", "sc_task");

    private static final Set<String> ROOTS = Set.of(TASK, "cmdb_ci");

    private static final String PARENT = "super_class.";
    private static final int GENERATIONS = 4;

    private TableLineage() {}

    /** Whether rows of the table are tasks, with all fields of one, on every instance. */
    public static boolean isTask(String table) {
        return table.equals(TASK) || TASKS.contains(table);
    }

    /** Whether every instance has the table, with the same parents. */
    public static boolean isKnown(String table) {
        return ROOTS.contains(table) || TASKS.contains(table);
    }

    /**
     * The table with those that it extends, nearest first; with one request for a table that not every instance has.
     *
     * @return the table alone if it extends none, or if the account may not ask
     */
    public static List<String> of(TableApi tables, String table) throws ServiceNowException, InterruptedException {
        if (!isKnown(table)) {
            return asked(tables, table);
        }
        return TASKS.contains(table) ? List.of(table, TASK) : List.of(table);
    }

    private static List<String> asked(TableApi tables, String table) throws ServiceNowException, InterruptedException {
        List<String> fields = new ArrayList<>(List.of("name"));
        fields.addAll(parents());
        try {
            List<Row> rows = tables.query(TABLES, EncodedQuery.where("name", table), fields, 2)
                    .rows();
            return chain(table, rows);
        } catch (ServiceNowException e) {
            if (e.kind() == Kind.FORBIDDEN || e.kind() == Kind.NOT_FOUND) {
                return List.of(table);
            }
            throw e;
        }
    }

    private static List<String> parents() {
        List<String> fields = new ArrayList<>();
        for (int i = 1; i <= GENERATIONS; i++) {
            fields.add(PARENT.repeat(i) + "name");
        }
        return fields;
    }

    private static List<String> chain(String table, List<Row> rows) {
        List<String> chain = new ArrayList<>(List.of(table));
        for (Row row : rows) {
            if (row.value("name").equals(table)) {
                parents().stream()
                        .map(row::value)
                        .filter(name -> name.matches("[a-z][a-z0-9_]*") && !chain.contains(name))
                        .forEach(chain::add);
                break;
            }
        }
        return chain;
    }

    /** Those of the rows that stand under the nearest table that has any: what it has of its own hides what it inherits. */
    public static List<Row> nearest(List<String> lineage, List<Row> rows) {
        return lineage.stream()
                .map(table -> rows.stream()
                        .filter(row -> row.value("name").equals(table))
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
