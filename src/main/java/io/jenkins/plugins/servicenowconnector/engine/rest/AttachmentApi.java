package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ServiceNow's Attachment API (servicenow-rest §4). Tables and keys given here must have passed {@link Syntax}.
 *
 * <p>A file is sent as the raw body of a request, with name and target in the address, where every letter of any alphabet can
 * stand percent-encoded.
 */
public final class AttachmentApi {

    private static final String PATH = "/api/now/attachment";
    private static final String TABLE = "sys_attachment";
    private static final String LARGEST = "com.glide.attachment.max_size";

    /** The list's own default and most (§4). */
    private static final int PAGE = 1_000;

    /** A record with more files than these pages hold is no ticket. */
    private static final int MOST_PAGES = 10;

    private final Instance instance;

    public AttachmentApi(Instance instance) {
        this.instance = instance;
    }

    /** The files of a record that the account may see. */
    public List<Attachment> list(String table, String sysId) throws ServiceNowException, InterruptedException {
        EncodedQuery query = EncodedQuery.where("table_name", table).and(EncodedQuery.where("table_sys_id", sysId));
        List<Attachment> found = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("sysparm_query", query.text());
            parameters.put("sysparm_limit", String.valueOf(PAGE));
            parameters.put("sysparm_offset", String.valueOf(page * PAGE));
            Reply reply = instance.get(TABLE, PATH, parameters);
            for (JsonNode record : reply.list()) {
                Row row = Row.of(record);
                // a condition that the instance dropped would bring the files of other records (§1.5)
                if (row.value("table_sys_id").equals(sysId)) {
                    found.add(Attachment.of(row));
                }
            }
            if (isLast(reply, page)) {
                break;
            }
        }
        return found;
    }

    /** The limit is applied before rights are, so a page that is not full need not be the last (§1.3). */
    private static boolean isLast(Reply reply, int page) throws ServiceNowException {
        String total = reply.answer().header("x-total-count");
        return total.matches("[0-9]{1,9}")
                ? Integer.parseInt(total) <= (page + 1) * PAGE
                : reply.list().size() < PAGE;
    }

    /**
     * Attaches a file. One of the same name stays: the record then has both.
     *
     * @param table the table of the record itself, not one that it extends: the record's form shows no others
     * @param contentType the type to store; mandatory
     * @return the file as ServiceNow stored it; its hash and state may be filled in later
     */
    public Attachment upload(String table, String sysId, String fileName, String contentType, StreamedBody content)
            throws ServiceNowException, InterruptedException {
        NeverWritten.checkTable("ticketType", table);
        Map<String, String> target = new LinkedHashMap<>();
        target.put("table_name", table);
        target.put("table_sys_id", sysId);
        target.put("file_name", fileName);
        try {
            Reply reply = instance.upload(table, PATH + "/file", target, contentType, content);
            Attachment stored = Attachment.of(Row.of(reply.record()));
            if (!Syntax.isSysId(stored.sysId())) {
                throw new ServiceNowException(
                        Kind.PROTOCOL, "The answer to the file '" + fileName + "' names no sys_id.", Facts.NONE);
            }
            return stored;
        } catch (ServiceNowException e) {
            throw UploadRefusals.explain(e, instance.url().getAuthority(), fileName, content.size());
        }
    }

    /**
     * The most bytes that the instance takes as one file.
     *
     * @return the limit; {@link Long#MAX_VALUE} if the account may not know it, as most may not
     */
    public long largest() throws ServiceNowException, InterruptedException {
        try {
            List<Row> rows = new TableApi(instance)
                    .query("sys_properties", EncodedQuery.where("name", LARGEST), List.of("name", "value"), 2)
                    .rows();
            return rows.stream()
                    .filter(row -> row.value("name").equals(LARGEST))
                    .map(row -> row.value("value").trim())
                    .filter(value -> value.matches("[0-9]{1,6}"))
                    .mapToLong(value -> Long.parseLong(value) * 1024 * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (ServiceNowException e) {
            if (e.kind() == Kind.UNAUTHENTICATED) {
                throw e;
            }
            // whoever does not know the limit sends the file and hears of it then
            return Long.MAX_VALUE;
        }
    }
}
