package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ServiceNow's Table API (servicenow-rest §1). Names and keys given here must have passed {@link Syntax}.
 *
 * <p>Every field is asked for by name, with value and display value, so that all answers have one shape and no record brings
 * its journal along.
 */
public final class TableApi {

    /** Longer addresses are refused with 414 or 400 by some instances and by what stands before them (§1.8, §10). */
    public static final int LONGEST_ADDRESS = 2000;

    private static final String PATH = "/api/now/table/";

    private final Instance instance;

    public TableApi(Instance instance) {
        this.instance = instance;
    }

    /** At most {@code limit} records that match. */
    public Rows query(String table, EncodedQuery query, Collection<String> fields, int limit)
            throws ServiceNowException, InterruptedException {
        Map<String, String> parameters = queryParameters(query, fields, limit);
        parameters.put("sysparm_no_count", "true");
        return rows(instance.get(table, PATH + table, parameters));
    }

    /**
     * The readable ones among {@code size} records that match, with a count of all, which costs ServiceNow a second query.
     *
     * @param from how many matches stand before the first of them
     */
    public Page page(String table, EncodedQuery query, Collection<String> fields, int from, int size)
            throws ServiceNowException, InterruptedException {
        Map<String, String> parameters = queryParameters(query, fields, size);
        if (from > 0) {
            parameters.put("sysparm_offset", String.valueOf(from));
        }
        Reply reply = instance.get(table, PATH + table, parameters);
        return new Page(rows(reply), total(reply));
    }

    private static Rows rows(Reply reply) throws ServiceNowException {
        List<Row> rows = new ArrayList<>();
        reply.list().forEach(record -> rows.add(Row.of(record)));
        return new Rows(rows, reply.at(), reply.answer().sentFrom());
    }

    private static long total(Reply reply) {
        String count = reply.answer().header("x-total-count");
        return count.matches("[0-9]{1,18}") ? Long.parseLong(count) : -1;
    }

    /** How many characters the address of such a query has. */
    public int addressLength(String table, EncodedQuery query, Collection<String> fields, int limit) {
        return addressLength(instance.url().toString(), table, query, fields, limit);
    }

    /** The same on the instance with this address. */
    public static int addressLength(
            String url, String table, EncodedQuery query, Collection<String> fields, int limit) {
        Map<String, String> parameters = queryParameters(query, fields, limit);
        // as long as the offset of any page
        parameters.put("sysparm_no_count", "true");
        return Instance.address(url, PATH + table, parameters).length();
    }

    /**
     * How many records the table has, with those that the account may not see (servicenow-rest §1.3 [?]).
     *
     * @return -1 if the answer does not say
     */
    public long count(String table) throws ServiceNowException, InterruptedException {
        return count(table, Map.of());
    }

    /**
     * How many records match, with those that the account may not see (servicenow-rest §1.3 [?]).
     *
     * @return -1 if the answer does not say
     */
    public long count(String table, EncodedQuery query) throws ServiceNowException, InterruptedException {
        return count(table, Map.of("sysparm_query", query.text()));
    }

    private long count(String table, Map<String, String> query) throws ServiceNowException, InterruptedException {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        parameters.put("sysparm_fields", "sys_id");
        parameters.put("sysparm_limit", "1");
        return total(instance.get(table, PATH + table, parameters));
    }

    /**
     * The record with this key, as the only row.
     *
     * @throws ServiceNowException {@link ServiceNowException.Kind#NOT_FOUND} if there is none that may be seen
     */
    public Rows get(String table, String sysId, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        Reply reply = instance.get(table, PATH + table + "/" + sysId, shape(fields));
        return new Rows(
                List.of(Row.of(reply.record())), reply.at(), reply.answer().sentFrom());
    }

    /** Creates a record and gives it back as it is after the instance's rules have run. */
    public Row create(String table, Map<String, ?> values, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        checkWritable(table, values);
        return Row.of(instance.send(table, Method.POST, PATH + table, shape(fields), values)
                .record());
    }

    /** Changes the fields given and gives the record back as it is then: the caller must compare. */
    public Row update(String table, String sysId, Map<String, ?> values, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        checkWritable(table, values);
        String path = PATH + table + "/" + sysId;
        return Row.of(
                instance.send(table, Method.PATCH, path, shape(fields), values).record());
    }

    private static void checkWritable(String table, Map<String, ?> values) throws ServiceNowException {
        NeverWritten.checkTable("ticketType", table);
        NeverWritten.checkFields("fields", values.keySet());
    }

    private static Map<String, String> queryParameters(EncodedQuery query, Collection<String> fields, int limit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sysparm_query", query.text());
        parameters.putAll(shape(fields));
        parameters.put("sysparm_limit", String.valueOf(limit));
        parameters.put("sysparm_suppress_pagination_header", "true");
        return parameters;
    }

    private static Map<String, String> shape(Collection<String> fields) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sysparm_fields", String.join(",", fields));
        parameters.put("sysparm_display_value", "all");
        parameters.put("sysparm_exclude_reference_link", "true");
        return parameters;
    }
}
