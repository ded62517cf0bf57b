package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects all that is to be looked up for one ticket, so that each table is asked once. */
final class Lookups {

    private final RecordLookup lookup;
    private final Map<ReferredTable, Set<String>> wanted = new LinkedHashMap<>();
    private final Set<ReferredTable> needed = new LinkedHashSet<>();
    private final Map<ReferredTable, Map<String, List<Row>>> found = new LinkedHashMap<>();

    Lookups(TableApi tables) {
        lookup = new RecordLookup(tables);
    }

    /** What must be found. */
    void want(ReferredTable table, String text) {
        needed.add(table);
        wouldLike(table, text);
    }

    /** What is taken if it is found; a table that is asked for nothing else may be refused. */
    void wouldLike(ReferredTable table, String text) {
        wanted.computeIfAbsent(table, key -> new LinkedHashSet<>()).add(text);
    }

    void run() throws ServiceNowException, InterruptedException {
        for (Map.Entry<ReferredTable, Set<String>> each : wanted.entrySet()) {
            try {
                found.put(each.getKey(), lookup.find(each.getKey(), each.getValue()));
            } catch (ServiceNowException e) {
                if (needed.contains(each.getKey()) || e.kind() != Kind.FORBIDDEN) {
                    throw e;
                }
                found.put(each.getKey(), Map.of());
            }
        }
    }

    /** The records that a text means. */
    List<Row> all(ReferredTable table, String text) {
        return found.getOrDefault(table, Map.of()).getOrDefault(text, List.of());
    }

    /**
     * The one record that a text means.
     *
     * @param parameter what the text was given as
     * @throws ServiceNowException {@link Kind#NOT_FOUND} or {@link Kind#AMBIGUOUS}, with up to ten candidates
     */
    Row only(String parameter, ReferredTable table, String text) throws ServiceNowException, InterruptedException {
        List<Row> rows = all(table, text);
        if (rows.size() == 1) {
            return rows.get(0);
        }
        throw rows.isEmpty()
                ? Candidates.none(parameter, table, text, lookup.like(table, text))
                : Candidates.several(parameter, table, text, rows);
    }
}
