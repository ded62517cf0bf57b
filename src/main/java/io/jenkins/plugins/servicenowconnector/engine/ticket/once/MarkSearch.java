package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for the tickets that carry our marks. */
final class MarkSearch {

    private static final EncodedQuery ANY = new EncodedQuery("sys_idISNOTEMPTY");
    private static final int SAMPLE = 10;

    private final TableApi tables;
    private final String table;
    private final Set<String> fields;

    /**
     * @param fields what is wanted of a ticket that is found
     */
    MarkSearch(TableApi tables, String table, Set<String> fields) {
        this.tables = tables;
        this.table = table;
        this.fields = new LinkedHashSet<>(fields);
        this.fields.addAll(List.of("sys_id", "correlation_id"));
    }

    /**
     * Looks once.
     *
     * @param marks all of one kind; at least one
     * @return the row that carries a mark, by the mark's place in the list
     * @throws ServiceNowException {@link Kind#AMBIGUOUS} if two rows carry a correlation id and none has the sys_id
     */
    Map<Integer, Row> find(List<Mark> marks) throws ServiceNowException, InterruptedException {
        boolean hasSysId = !marks.get(0).sysId().isEmpty();
        boolean hasCorrelation = !marks.get(0).correlationId().isEmpty();
        // tasks have both fields, so one query asks for both; elsewhere a field may be missing
        if (hasSysId && hasCorrelation && TableLineage.isTask(table)) {
            try {
                return assign(rows(bySysId(marks).or(byCorrelation(marks)), marks), marks);
            } catch (ServiceNowException e) {
                // a field may be closed to queries (servicenow-rest §1.5): then the other one may still tell
                if (e.kind() != Kind.FORBIDDEN) {
                    throw e;
                }
            }
        }
        List<Row> found = hasSysId ? rows(bySysId(marks), marks) : new ArrayList<>();
        if (hasCorrelation && found.size() < marks.size()) {
            found.addAll(correlated(marks, hasSysId));
        }
        return assign(found, marks);
    }

    private List<Row> correlated(List<Mark> marks, boolean isSecond) throws ServiceNowException, InterruptedException {
        try {
            return rows(byCorrelation(marks), marks);
        } catch (ServiceNowException e) {
            if (isSecond && e.kind() == Kind.FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * Whether a look that finds nothing proves that there is nothing: not if the account may read no row of the table, and
     * only by what the table keeps.
     */
    boolean canTell(Mark mark, Kept sysId, Kept correlationId) throws ServiceNowException, InterruptedException {
        List<Row> sample = tables.query(table, ANY, List.of("sys_id", "correlation_id"), SAMPLE)
                .rows();
        if (sample.isEmpty()) {
            // hidden rows are counted (servicenow-rest §1.3 [?]), so 0 says that there is not even a hidden ticket
            return tables.count(table) == 0;
        }
        boolean bySysId = !mark.sysId().isEmpty() && sysId == Kept.YES;
        boolean byCorrelation = !mark.correlationId().isEmpty()
                && correlationId != Kept.NO
                && sample.stream().anyMatch(row -> row.fields().containsKey("correlation_id"));
        return bySysId || byCorrelation;
    }

    private List<Row> rows(EncodedQuery query, List<Mark> marks) throws ServiceNowException, InterruptedException {
        return new ArrayList<>(
                tables.query(table, query, fields, 2 * marks.size()).rows());
    }

    private Map<Integer, Row> assign(List<Row> rows, List<Mark> marks) throws ServiceNowException {
        Map<Integer, Row> found = new HashMap<>();
        for (int place = 0; place < marks.size(); place++) {
            Mark mark = marks.get(place);
            List<Row> same = rows.stream().filter(mark::hasSysId).limit(1).toList();
            if (same.isEmpty()) {
                same = rows.stream().filter(mark::hasCorrelationId).toList();
            }
            if (same.size() > 1) {
                throw new ServiceNowException(
                        Kind.AMBIGUOUS,
                        "There is more than one ticket with correlation_id=" + mark.correlationId() + " in " + table
                                + "; empty the field on all but the right one.",
                        Facts.NONE);
            }
            if (!same.isEmpty()) {
                found.put(place, same.get(0));
            }
        }
        return found;
    }

    private static EncodedQuery bySysId(List<Mark> marks) {
        return EncodedQuery.in("sys_id", marks.stream().map(Mark::sysId).toList());
    }

    private static EncodedQuery byCorrelation(List<Mark> marks) {
        return EncodedQuery.in(
                "correlation_id", marks.stream().map(Mark::correlationId).toList());
    }
}
