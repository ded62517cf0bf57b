package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ServiceNow's own tables about tables say, asked once each for one ticket; many accounts may not read them, which is no
 * error here but an empty answer.
 */
final class Dictionary {

    private static final int MOST = 500;

    private final TableApi tables;
    private final Map<String, List<String>> lineages = new HashMap<>();

    Dictionary(TableApi tables) {
        this.tables = tables;
    }

    /** The table with those that it extends, nearest first; the table alone if nothing more can be learnt. */
    List<String> lineage(String table) throws ServiceNowException, InterruptedException {
        List<String> known = lineages.get(table);
        if (known == null) {
            known = TableLineage.of(tables, table);
            lineages.put(table, known);
        }
        return known;
    }

    /**
     * What fields of a table stand for.
     *
     * @return a target for each field that is a reference, a list or a choice; fields that are none of these are missing, and
     *     all are where the dictionary may not be read
     */
    Map<String, FieldTarget> targets(String table, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        List<String> lineage = lineage(table);
        EncodedQuery query = EncodedQuery.in("name", lineage).and(EncodedQuery.in("element", List.copyOf(fields)));
        List<String> asked = List.of("name", "element", "internal_type", "reference", "choice");
        List<Row> rows = new ArrayList<>(read("sys_dictionary", query, asked));
        rows.removeIf(row -> !lineage.contains(row.value("name")) || !fields.contains(row.value("element")));
        // the table's own word counts more than that of one that it extends
        rows.sort(Comparator.comparing(row -> lineage.indexOf(row.value("name"))));
        Map<String, FieldTarget> targets = new LinkedHashMap<>();
        for (Row row : rows) {
            if (!targets.containsKey(row.value("element")) && (isReference(row) || isChoice(row))) {
                targets.put(row.value("element"), target(row));
            }
        }
        return targets;
    }

    private static boolean isReference(Row row) {
        return Set.of("reference", "glide_list").contains(row.value("internal_type"))
                && row.value("reference").matches("[a-z][a-z0-9_]*");
    }

    private static boolean isChoice(Row row) {
        return Set.of("1", "3").contains(row.value("choice"))
                || row.value("internal_type").equals("choice");
    }

    private FieldTarget target(Row row) throws ServiceNowException, InterruptedException {
        return isReference(row) ? new FieldTarget(called(row.value("reference"))) : FieldTarget.CHOICE;
    }

    /** How records of a table are called: by its display field, or by that of a table that it extends. */
    private ReferredTable called(String table) throws ServiceNowException, InterruptedException {
        ReferredTable known = KnownFields.table(table).orElse(null);
        if (known != null) {
            return known;
        }
        List<String> lineage = lineage(table);
        EncodedQuery query = EncodedQuery.in("name", lineage).and(EncodedQuery.where("display", "true"));
        List<Row> display = read("sys_dictionary", query, List.of("name", "element", "display")).stream()
                .filter(row -> row.value("display").equals("true"))
                .toList();
        String field = TableLineage.nearest(lineage, display).stream()
                .findFirst()
                .map(row -> row.value("element"))
                .orElse("name");
        return new ReferredTable(table, List.of(field));
    }

    private List<Row> read(String table, EncodedQuery query, List<String> fields)
            throws ServiceNowException, InterruptedException {
        try {
            return tables.query(table, query, fields, MOST).rows();
        } catch (ServiceNowException e) {
            if (e.kind() == Kind.FORBIDDEN || e.kind() == Kind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }
}
