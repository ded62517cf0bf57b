package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The choices of a ticket's fields by their labels (servicenow-rest §5.4): one row for each language; a table that has choices
 * of its own for a field does without those of the table that it extends.
 */
final class ChoiceLookup {

    private static final List<String> FIELDS =
            List.of("name", "element", "value", "label", "language", "dependent_value", "inactive");
    private static final int MOST = 1000;

    private final List<String> lineage;
    private final List<Row> rows = new ArrayList<>();

    private ChoiceLookup(List<String> lineage) {
        this.lineage = lineage;
    }

    /**
     * Reads all choices of some fields, with one request unless there are very many.
     *
     * @param lineage the ticket's table with those that it extends, nearest first
     */
    static ChoiceLookup of(TableApi tables, List<String> lineage, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        ChoiceLookup lookup = new ChoiceLookup(lineage);
        if (!fields.isEmpty()) {
            lookup.read(tables, List.copyOf(fields));
        }
        return lookup;
    }

    private void read(TableApi tables, List<String> fields) throws ServiceNowException, InterruptedException {
        EncodedQuery query = EncodedQuery.in("name", lineage)
                .and(EncodedQuery.in("element", fields))
                .and(EncodedQuery.where("inactive", "false"));
        List<Row> found = tables.query("sys_choice", query, FIELDS, MOST).rows();
        if (found.size() >= MOST && fields.size() > 1) {
            for (String field : fields) {
                read(tables, List.of(field));
            }
            return;
        }
        found.stream()
                .filter(row -> lineage.contains(row.value("name")))
                .filter(row -> fields.contains(row.value("element")))
                .filter(row -> !row.value("inactive").equals("true"))
                .forEach(rows::add);
    }

    /**
     * The stored value of the choice that carries a label, in whatever language.
     *
     * @param parameter what the label was given as
     * @throws ServiceNowException {@link Kind#NOT_FOUND} or {@link Kind#AMBIGUOUS}, with up to ten labels
     */
    String value(String parameter, String field, String label) throws ServiceNowException {
        List<Row> choices = choices(field);
        List<String> values = values(choices, row -> row.value("label").equalsIgnoreCase(label));
        if (values.isEmpty()) {
            values = values(choices, row -> row.value("value").equals(label));
        }
        if (values.size() == 1) {
            return values.get(0);
        }
        throw values.isEmpty() ? none(parameter, field, label, choices) : several(parameter, field, label, values);
    }

    private List<Row> choices(String field) {
        return TableLineage.nearest(
                lineage,
                rows.stream().filter(row -> row.value("element").equals(field)).toList());
    }

    private static List<String> values(List<Row> choices, Predicate<Row> which) {
        return choices.stream()
                .filter(which)
                .map(row -> row.value("value"))
                .distinct()
                .toList();
    }

    private static ServiceNowException none(String parameter, String field, String label, List<Row> choices) {
        if (choices.isEmpty()) {
            return Candidates.error(
                    Kind.NOT_FOUND,
                    "sys_choice",
                    parameter + ": ServiceNow shows no choices of " + field + "; give the account the right to read"
                            + " sys_choice, or give the stored value in fields." + field + ".");
        }
        List<String> labels = choices.stream()
                .filter(row -> row.value("language").equals("en") || isOnlyLanguage(choices))
                .map(row -> "'" + row.value("label") + "'")
                .distinct()
                .toList();
        return Candidates.error(
                Kind.NOT_FOUND,
                "sys_choice",
                parameter + ": " + field + " has no choice '" + label + "'; it has " + Candidates.list(labels) + ".");
    }

    private static boolean isOnlyLanguage(List<Row> choices) {
        return choices.stream().noneMatch(row -> row.value("language").equals("en"));
    }

    private static ServiceNowException several(String parameter, String field, String label, List<String> values) {
        return Candidates.error(
                Kind.AMBIGUOUS,
                "sys_choice",
                parameter + ": '" + label + "' is the label of more than one choice of " + field + ", with the values "
                        + Candidates.list(values) + "; give one of these in fields." + field + " instead.");
    }
}
