package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks records up by what people call them, as many of one table with one request as its address holds. */
final class RecordLookup {

    /** As many as an error shows, and one more, which tells that there are others. */
    static final int MOST = 11;

    private final TableApi tables;

    RecordLookup(TableApi tables) {
        this.tables = tables;
    }

    /**
     * @param texts what people call the records, or their sys_ids
     * @return for each text the active records that it means; several if it means no single one
     */
    Map<String, List<Row>> find(ReferredTable table, Collection<String> texts)
            throws ServiceNowException, InterruptedException {
        Map<String, List<Row>> found = new LinkedHashMap<>();
        for (List<String> batch : split(table, texts)) {
            found.putAll(findAll(table, batch));
        }
        return found;
    }

    private Map<String, List<Row>> findAll(ReferredTable table, List<String> batch)
            throws ServiceNowException, InterruptedException {
        int limit = MOST * batch.size();
        Rows rows = tables.query(table.table(), query(table, batch), table.fields(), limit);
        Map<String, List<Row>> found = new LinkedHashMap<>();
        if (batch.size() > 1 && rows.rows().size() >= limit) {
            // a name that many share may have left no room for the others
            for (String text : batch) {
                found.putAll(findAll(table, List.of(text)));
            }
            return found;
        }
        batch.forEach(text -> found.put(text, meant(table, text, rows.rows())));
        return found;
    }

    /**
     * What ServiceNow answered is compared with what was asked: it ignores a condition that it does not understand, and then
     * everything matches (servicenow-rest §1.5).
     */
    private static List<Row> meant(ReferredTable table, String text, List<Row> rows) {
        List<Row> active = rows.stream().filter(RecordLookup::isActive).toList();
        for (String key : keys(table, text)) {
            List<Row> same = active.stream()
                    .filter(row -> row.value(key).equalsIgnoreCase(text))
                    .toList();
            List<Row> exact =
                    same.stream().filter(row -> row.value(key).equals(text)).toList();
            if (!same.isEmpty()) {
                return exact.size() == 1 ? exact : same;
            }
        }
        return List.of();
    }

    /** A table without such a field, or one that may not be read, keeps its records. */
    private static boolean isActive(Row row) {
        String active = row.value("active");
        return active.isEmpty() || active.equals("true") || active.equals("1");
    }

    private static List<String> keys(ReferredTable table, String text) {
        return isSysId(text) ? List.of("sys_id") : table.keys();
    }

    static boolean isSysId(String text) {
        return Syntax.isSysId(text.toLowerCase(Locale.ROOT));
    }

    private static EncodedQuery query(ReferredTable table, List<String> texts) throws ServiceNowException {
        EncodedQuery any = null;
        for (String text : texts) {
            for (String key : keys(table, text)) {
                EncodedQuery one = EncodedQuery.where(key, isSysId(text) ? text.toLowerCase(Locale.ROOT) : text);
                any = any == null ? one : any.or(one);
            }
        }
        return table.hasActive() ? EncodedQuery.where("active", "true").and(any) : any;
    }

    private List<List<String>> split(ReferredTable table, Collection<String> texts) throws ServiceNowException {
        List<List<String>> batches = new ArrayList<>();
        for (String text : texts) {
            List<String> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
            List<String> more = new ArrayList<>(last);
            more.add(text);
            boolean fits = !last.isEmpty()
                    && tables.addressLength(table.table(), query(table, more), table.fields(), 999)
                            <= TableApi.LONGEST_ADDRESS;
            if (fits) {
                batches.set(batches.size() - 1, more);
            } else {
                batches.add(List.of(text));
            }
        }
        return batches;
    }

    /**
     * Records that people may have meant instead, for an error.
     *
     * @return empty too where the account may not ask
     */
    List<Row> like(ReferredTable table, String text) throws InterruptedException {
        try {
            EncodedQuery query = null;
            for (String key : table.keys()) {
                EncodedQuery one = EncodedQuery.startsWith(key, text.substring(0, Math.min(3, text.length())));
                query = query == null ? one : query.or(one);
            }
            return tables.query(table.table(), query, table.fields(), MOST).rows().stream()
                    .filter(row -> isLike(table, row, text))
                    .toList();
        } catch (ServiceNowException e) {
            // an error without candidates says enough
            return List.of();
        }
    }

    private static boolean isLike(ReferredTable table, Row row, String text) {
        int length = Math.min(3, text.length());
        return table.keys().stream().anyMatch(key -> row.value(key).regionMatches(true, 0, text, 0, length));
    }
}
