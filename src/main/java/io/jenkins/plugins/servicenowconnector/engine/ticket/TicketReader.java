package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads many tickets of a table with as few requests as their keys fit into. */
public final class TicketReader {

    /** Longer addresses are refused with 414 or 400 by some instances and by what stands before them (§1.8, §10). */
    private static final int LONGEST_ADDRESS = 2000;

    private final TableApi tables;

    public TicketReader(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Looks at each ticket once.
     *
     * @param table the table of all of them
     * @param keys whom to look at
     * @param fields the fields that are needed, dotted names allowed; sys_id and number come anyway
     * @return a reading for every key; one that failed harms only the keys of its own request
     */
    public Map<TicketKey, Reading> look(String table, Collection<TicketKey> keys, Collection<String> fields)
            throws InterruptedException {
        Set<String> asked = TicketFields.keysAnd(fields);
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        for (String field : List.of("sys_id", "number")) {
            List<TicketKey> same = keys.stream()
                    .filter(key -> key.field().equals(field))
                    .distinct()
                    .toList();
            for (List<TicketKey> batch : split(table, same, asked)) {
                looks.putAll(lookAt(table, batch, asked));
            }
        }
        return looks;
    }

    private Map<TicketKey, Reading> lookAt(String table, List<TicketKey> batch, Set<String> fields)
            throws InterruptedException {
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        try {
            Rows rows = tables.query(table, query(batch), fields, limit(batch));
            for (TicketKey key : batch) {
                looks.put(key, reading(table, key, rows));
            }
        } catch (ServiceNowException e) {
            batch.forEach(key -> looks.put(key, Reading.failed(e)));
        }
        return looks;
    }

    private static Reading reading(String table, TicketKey key, Rows rows) {
        try {
            return Reading.of(Tickets.only(table, key, rows), rows.at());
        } catch (ServiceNowException e) {
            return Reading.failed(e);
        }
    }

    /** Room for one more row than keys, so that two tickets of one number are seen; at least 2. */
    private static int limit(List<TicketKey> batch) {
        return batch.size() + 1;
    }

    private static EncodedQuery query(List<TicketKey> batch) {
        return EncodedQuery.in(
                batch.get(0).field(), batch.stream().map(TicketKey::value).toList());
    }

    private List<List<TicketKey>> split(String table, List<TicketKey> keys, Set<String> fields) {
        List<List<TicketKey>> batches = new ArrayList<>();
        List<TicketKey> batch = new ArrayList<>();
        int length = LONGEST_ADDRESS;
        for (TicketKey key : keys) {
            length += key.value().length() + 1;
            if (length > LONGEST_ADDRESS) {
                batch = new ArrayList<>();
                batches.add(batch);
                length = tables.addressLength(table, query(List.of(key)), fields, 999);
            }
            batch.add(key);
        }
        return batches;
    }
}
