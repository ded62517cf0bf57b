package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

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
        look(table, wanted, looks::put);
        return looks;
    }

    /**
     * The same; each reading is given away as soon as its request is answered, so that none grows old while others are read.
     *
     * @param taker gets a reading for every key, on this thread
     */
    public void look(
            String table, Map<TicketKey, ? extends Collection<String>> wanted, BiConsumer<TicketKey, Reading> taker)
            throws InterruptedException {
        for (SharedFields group : SharedFields.of(wanted)) {
            look(table, group.keys(), group.fields(), taker);
        }
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
        Map<TicketKey, Reading> looks = new LinkedHashMap<>();
        look(table, keys, fields, looks::put);
        return looks;
    }

    private void look(
            String table, Collection<TicketKey> keys, Collection<String> fields, BiConsumer<TicketKey, Reading> taker)
            throws InterruptedException {
        Set<String> asked = TicketFields.keysAnd(fields);
        for (String field : List.of("sys_id", "number")) {
            List<TicketKey> same = keys.stream()
                    .filter(key -> key.field().equals(field))
                    .distinct()
                    .toList();
            for (List<TicketKey> batch : KeyBatches.of(same, TicketKey::value, key -> alone(table, key, asked))) {
                lookAt(table, batch, asked, taker);
            }
        }
    }

    /**
     * How many tickets can be asked for with one request.
     *
     * @param url the address of the instance
     * @param keys some of the keys, all of one kind; not empty
     * @param fields what is asked of the tickets; what is too much for sharing is left out, because it is asked for apart
     */
    public static int most(String url, String table, Collection<TicketKey> keys, Collection<String> fields) {
        TicketKey longest =
                Collections.max(keys, Comparator.comparingInt(key -> key.value().length()));
        Set<String> asked = TicketFields.keysAnd(SharedFields.shareable(fields));
        int alone = TableApi.addressLength(url, table, query(List.of(longest)), asked, 999);
        return 1
                + Math.max(0, TableApi.LONGEST_ADDRESS - alone)
                        / (longest.value().length() + 1);
    }

    private int alone(String table, TicketKey key, Set<String> fields) {
        return tables.addressLength(table, query(List.of(key)), fields, 999);
    }

    private void lookAt(String table, List<TicketKey> batch, Set<String> fields, BiConsumer<TicketKey, Reading> taker)
            throws InterruptedException {
        Rows rows;
        Instant asked = Instant.now();
        try {
            rows = tables.query(table, query(batch), fields, limit(batch));
        } catch (ServiceNowException e) {
            afterFailure(e, table, batch, fields, taker);
            return;
        }
        if (batch.size() > 1 && isCrowded(batch, rows)) {
            lookAtHalves(table, batch, fields, taker);
            return;
        }
        Instant answered = Instant.now();
        batch.forEach(key -> taker.accept(key, reading(table, key, rows).between(asked, answered)));
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

    private void afterFailure(
            ServiceNowException failure,
            String table,
            List<TicketKey> batch,
            Set<String> fields,
            BiConsumer<TicketKey, Reading> taker)
            throws InterruptedException {
        if (batch.size() > 1 && KeyBatches.isTooLong(failure)) {
            lookAtHalves(table, batch, fields, taker);
        } else if (failure.kind() == Kind.FORBIDDEN) {
            String note = "Each ticket of " + table + " is read by a request of its own: " + failure.sentence();
            lookAtEach(table, batch, fields, (key, reading) -> taker.accept(key, reading.noting(note)));
        } else {
            batch.forEach(key -> taker.accept(key, Reading.failed(failure)));
        }
    }

    private void lookAtHalves(
            String table, List<TicketKey> batch, Set<String> fields, BiConsumer<TicketKey, Reading> taker)
            throws InterruptedException {
        int middle = batch.size() / 2;
        lookAt(table, batch.subList(0, middle), fields, taker);
        lookAt(table, batch.subList(middle, batch.size()), fields, taker);
    }

    /** Who may not query for a list may still read single tickets: query rights are of their own (§1.5). */
    private void lookAtEach(
            String table, List<TicketKey> batch, Set<String> fields, BiConsumer<TicketKey, Reading> taker)
            throws InterruptedException {
        Reading last = null;
        for (TicketKey key : batch) {
            // a single read is refused for the whole table; a ticket that may not be seen is not found
            last = isRefused(last) ? last : lookAtOne(table, key, fields);
            taker.accept(key, last);
        }
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
}
