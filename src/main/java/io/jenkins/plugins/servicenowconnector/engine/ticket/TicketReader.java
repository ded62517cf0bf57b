package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads many tickets of a table with as few requests as their keys fit into. */
public final class TicketReader {

    private final TableApi tables;

    public TicketReader(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Looks at each ticket once. What many of them need is asked for together; whoever needs very much is asked for alone.
     *
     * @param table the table of all of them
     * @param wanted the fields that are needed of each, dotted names allowed; sys_id and number come anyway. A field that the
     *     table lacks or the account may not read is missing in the answer and harms nobody else (servicenow-rest §1.3, §1.4)
     * @return a reading for every key; one that failed harms only the keys of its own request
     */
    public Map<TicketKey, Reading> look(String table, Map<TicketKey, ? extends Collection<String>> wanted)
            throws InterruptedException {
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        for (SharedFields group : SharedFields.of(wanted)) {
            looks.putAll(look(table, group.keys(), group.fields()));
        }
        return looks;
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
        Rows rows;
        Instant asked = Instant.now();
        try {
            rows = tables.query(table, query(batch), fields, limit(batch));
        } catch (ServiceNowException e) {
            return afterFailure(e, table, batch, fields);
        }
        if (batch.size() > 1 && isCrowded(batch, rows)) {
            return lookAtHalves(table, batch, fields);
        }
        Instant answered = Instant.now();
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        batch.forEach(key -> looks.put(key, reading(table, key, rows).between(asked, answered)));
        return looks;
    }

    /** Room for one more row than keys, so that two tickets of one number are seen; at least 2. */
    private static int limit(List<TicketKey> batch) {
        return batch.size() + 1;
    }

    /** Whether tickets that share a number may have left no room for others; rows of no key are from a dropped condition. */
    private static boolean isCrowded(List<TicketKey> batch, Rows rows) {
        return rows.rows().size() >= limit(batch)
                && rows.rows().stream().allMatch(row -> batch.stream().anyMatch(key -> Tickets.isAskedFor(row, key)));
    }

    private Map<TicketKey, Reading> afterFailure(
            ServiceNowException failure, String table, List<TicketKey> batch, Set<String> fields)
            throws InterruptedException {
        if (batch.size() > 1 && isTooLong(failure)) {
            return lookAtHalves(table, batch, fields);
        }
        if (failure.kind() == Kind.FORBIDDEN) {
            Map<TicketKey, Reading> looks = lookAtEach(table, batch, fields);
            looks.replaceAll((key, reading) -> reading.noting(
                    "Each ticket of " + table + " is read by a request of its own: " + failure.sentence()));
            return looks;
        }
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        batch.forEach(key -> looks.put(key, Reading.failed(failure)));
        return looks;
    }

    /** An address that is too long gets a 414 or a 400, by who refuses it; a 400 also means that there is no such table. */
    private static boolean isTooLong(ServiceNowException failure) {
        int status = failure.facts().status();
        return status == 414 || status == 400 && failure.kind() != Kind.NOT_FOUND;
    }

    private Map<TicketKey, Reading> lookAtHalves(String table, List<TicketKey> batch, Set<String> fields)
            throws InterruptedException {
        int middle = batch.size() / 2;
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        looks.putAll(lookAt(table, batch.subList(0, middle), fields));
        looks.putAll(lookAt(table, batch.subList(middle, batch.size()), fields));
        return looks;
    }

    /** Who may not query for a list may still read single tickets: query rights are of their own (§1.5). */
    private Map<TicketKey, Reading> lookAtEach(String table, List<TicketKey> batch, Set<String> fields)
            throws InterruptedException {
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        Reading last = null;
        for (TicketKey key : batch) {
            // a single read is refused for the whole table; a ticket that may not be seen is not found
            last = isRefused(last) ? last : lookAtOne(table, key, fields);
            looks.put(key, last);
        }
        return looks;
    }

    private static boolean isRefused(Reading reading) {
        return reading != null && reading.failure() != null && reading.failure().kind() == Kind.FORBIDDEN;
    }

    private Reading lookAtOne(String table, TicketKey key, Set<String> fields) throws InterruptedException {
        Instant asked = Instant.now();
        try {
            Rows rows = key.field().equals("sys_id")
                    ? tables.get(table, key.value(), fields)
                    : tables.query(table, EncodedQuery.where(key.field(), key.value()), fields, 2);
            return reading(table, key, rows).between(asked, Instant.now());
        } catch (ServiceNowException e) {
            return Reading.failed(e);
        }
    }

    private static Reading reading(String table, TicketKey key, Rows rows) {
        try {
            return Reading.of(Tickets.only(table, key, rows), rows.at());
        } catch (ServiceNowException e) {
            return Reading.failed(e);
        }
    }

    private static EncodedQuery query(List<TicketKey> batch) {
        return EncodedQuery.in(
                batch.get(0).field(), batch.stream().map(TicketKey::value).toList());
    }

    private List<List<TicketKey>> split(String table, List<TicketKey> keys, Set<String> fields) {
        List<List<TicketKey>> batches = new ArrayList<>();
        int length = 0;
        for (TicketKey key : keys) {
            length += key.value().length() + 1;
            if (batches.isEmpty() || length > TableApi.LONGEST_ADDRESS) {
                batches.add(new ArrayList<>());
                length = tables.addressLength(table, query(List.of(key)), fields, 999);
            }
            batches.get(batches.size() - 1).add(key);
        }
        return batches;
    }
}
