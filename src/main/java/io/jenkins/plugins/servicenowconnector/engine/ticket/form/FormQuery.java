package io.jenkins.plugins.servicenowconnector.engine.ticket.form;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.Roles;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Asks for the rows behind a drop-down: few fields, one request, and the name of the missing right where it is refused. */
final class FormQuery {

    /** So many entries fit into a drop-down. */
    static final int MOST = 200;

    private final TableApi tables;

    FormQuery(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * The rows that match, each of which shows that it does: a condition on a field that the table lacks is dropped by
     * ServiceNow (servicenow-rest §1.5).
     *
     * @param conditions values by field
     * @param fields further fields
     */
    List<Row> rows(String table, Map<String, List<String>> conditions, List<String> fields, int limit)
            throws ServiceNowException, InterruptedException {
        Set<String> asked = new LinkedHashSet<>(conditions.keySet());
        asked.addAll(fields);
        try {
            return tables.query(table, query(conditions), asked, limit).rows().stream()
                    .filter(row -> matches(row, conditions))
                    .toList();
        } catch (ServiceNowException e) {
            throw e.kind() == Kind.FORBIDDEN ? refused(table, e) : e;
        }
    }

    /** The table with those that it extends, nearest first. */
    List<String> lineage(String table) throws ServiceNowException, InterruptedException {
        return TableLineage.of(tables, table);
    }

    /** A list of what was found; with a hint if it is nothing, since ServiceNow hides rows without a word (§8). */
    static <T> FormList<T> list(String table, List<Row> rows, Function<Row, T> entry) {
        String hint = rows.size() < MOST ? "" : "Only the first " + MOST + " are shown.";
        return new FormList<>(rows.stream().map(entry).toList(), rows.isEmpty() ? nothingSeen(table) : hint);
    }

    static String nothingSeen(String table) {
        return "Nothing was found in " + table + ": there is nothing, or the account lacks " + Roles.toRead(table)
                + ".";
    }

    static ServiceNowException refused(String table, ServiceNowException refusal) {
        String sentence =
                "The account may not read " + table + ", it lacks " + Roles.afterRefusal(table, refusal) + ".";
        return new ServiceNowException(Kind.FORBIDDEN, sentence, refusal.facts());
    }

    private static EncodedQuery query(Map<String, List<String>> conditions) throws ServiceNowException {
        List<EncodedQuery> parts = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : conditions.entrySet()) {
            List<String> values = each.getValue();
            parts.add(
                    values.size() == 1
                            ? EncodedQuery.where(each.getKey(), values.get(0))
                            : EncodedQuery.in(each.getKey(), values));
        }
        return parts.stream().reduce(EncodedQuery::and).orElseThrow();
    }

    private static boolean matches(Row row, Map<String, List<String>> conditions) {
        return conditions.entrySet().stream().allMatch(each -> each.getValue().contains(row.value(each.getKey())));
    }
}
