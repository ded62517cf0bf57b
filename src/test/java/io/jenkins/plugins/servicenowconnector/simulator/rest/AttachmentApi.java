package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Actor;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Records;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/now/attachment}: files of records; of their content only size and hash are kept, so none comes back. */
public final class AttachmentApi implements Endpoint {

    private static final String TABLE = "sys_attachment";
    private static final Pattern PATH = Pattern.compile("/api/now/(?:v\\d/)?attachment(?:/([^/]+))?/?");
    private static final long MEGABYTE = 1024 * 1024;

    private final Records records;
    private final Tables tables;
    private final Switches switches;
    private final Rights rights;
    private final List<StoredFile> stored = new CopyOnWriteArrayList<>();

    AttachmentApi(Records records, Switches switches, Rights rights) {
        this.records = records;
        this.switches = switches;
        this.rights = rights;
        tables = records.tables();
    }

    /** Every file that was ever stored, oldest first. */
    public List<StoredFile> stored() {
        return List.copyOf(stored);
    }

    /** Forgets them. */
    public void clear() {
        stored.clear();
    }

    static boolean isFile(Call call) {
        Matcher path = PATH.matcher(call.path());
        return path.matches() && call.effectiveMethod().equals("POST");
    }

    @Override
    public Optional<Reply> answer(Call call, Session session) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        String what = path.group(1) == null ? "" : path.group(1);
        return Optional.of(
                switch (call.effectiveMethod() + " " + what) {
                    case "GET " -> list(call, session);
                    case "POST file" -> store(FilePart.raw(call), call, session);
                    case "POST upload" -> store(FilePart.multipart(call), call, session);
                    default -> onOne(call, session, what);
                });
    }

    private Reply list(Call call, Session session) {
        Schema schema = tables.schema(TABLE).orElseThrow();
        List<Row> found = new Search(tables, switches, rights, session.reader()).run(call, schema);
        Paging paging = new Paging(call, switches, session.address());
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        paging.page(found).stream()
                .filter(row -> rights.mayRead(session.account(), row))
                .map(row -> shape(call, session, row))
                .forEach(result::add);
        return paging.headers(Reply.result(200, result), found.size());
    }

    private Reply onOne(Call call, Session session, String sysId) {
        Row row = tables.find(TABLE, sysId)
                .filter(found -> rights.mayRead(session.account(), found))
                .orElseThrow(ApiError::noRecord);
        return switch (call.effectiveMethod()) {
            case "GET" -> Reply.result(200, shape(call, session, row));
            case "PATCH" -> rename(call, session, row);
            case "DELETE" -> delete(session, row);
            default -> throw new ApiError(405, "Method not supported", null);
        };
    }

    private Reply rename(Call call, Session session, Row row) {
        if (!rights.mayUpdate(session.account(), row)) {
            throw ApiError.of(Refusal.byAccessControl("Update"));
        }
        String name = RecordInput.read(call).path("file_name").asText();
        records.update(
                row, Map.of("file_name", name), Actor.user(session.account().userName()));
        return Reply.empty(204);
    }

    private Reply delete(Session session, Row row) {
        if (!rights.mayDelete(session.account(), row)) {
            throw ApiError.of(Refusal.byAccessControl("Delete"));
        }
        records.delete(row);
        return Reply.empty(204);
    }

    private Reply store(FilePart file, Call call, Session session) {
        String table = file.field("table_name");
        Row target = tables.schema(table)
                .flatMap(schema -> tables.find(table, file.field("table_sys_id")))
                .filter(found -> rights.mayRead(session.account(), found))
                .orElseThrow(ApiError::noRecord);
        if (!rights.mayCreate(session.account(), TABLE) || !rights.mayUpdate(session.account(), target)) {
            throw ApiError.of(Refusal.byAccessControl("Insert"));
        }
        demandAllowed(file);
        Row row = records.insert(
                TABLE, values(file, table, target), Actor.user(session.account().userName()));
        row.set("download_link", session.address() + "/api/now/attachment/" + row.sysId() + "/file");
        stored.add(new StoredFile(
                row.sysId(),
                table,
                target.sysId(),
                file.field("file_name"),
                file.contentType(),
                file.content().length,
                StoredFile.sha256(file.content())));
        ObjectNode result = shape(call, session, row);
        if (switches.isOn(Switch.ATTACHMENT_HASH_LATE)) {
            result.put("hash", "").put("size_compressed", "").put("state", "pending");
        }
        return Reply.result(201, result).with("Location", session.address() + "/api/now/attachment/" + row.sysId());
    }

    /** The status and the words of these refusals are not documented {@code [?]}. */
    private void demandAllowed(FilePart file) {
        int status = switches.isOn(Switch.FILE_REFUSED_AS_FORBIDDEN) ? 403 : 400;
        if (file.contentType().isEmpty()) {
            throw new ApiError(400, "Content-Type is missing", null);
        }
        String name = file.field("file_name");
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<String> allowed = List.of(property("glide.attachment.extensions").split(","));
        if (!allowed.contains("") && !allowed.contains(extension)) {
            throw new ApiError(status, "Failed to upload", "File type is not allowed: " + extension);
        }
        long most = Long.parseLong(property("com.glide.attachment.max_size")) * MEGABYTE;
        if (file.content().length > most) {
            throw new ApiError(
                    status, "Failed to upload", "File size exceeds the maximum of " + most / MEGABYTE + " MB");
        }
    }

    private String property(String name) {
        return tables.first("sys_properties", "name", name)
                .map(row -> row.get("value"))
                .orElse("");
    }

    private Map<String, String> values(FilePart file, String table, Row target) {
        boolean hasHash = !switches.isOn(Switch.ATTACHMENT_HASH_ABSENT);
        String size = String.valueOf(file.content().length);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("file_name", file.field("file_name"));
        values.put("content_type", file.contentType());
        values.put("size_bytes", size);
        values.put("size_compressed", size);
        values.put("compressed", "true");
        values.put("chunk_size_bytes", "700000");
        values.put("hash", hasHash ? StoredFile.sha256(file.content()) : "");
        values.put("state", switches.attachmentState());
        values.put("table_name", table);
        values.put("table_sys_id", target.sysId());
        return values;
    }

    private ObjectNode shape(Call call, Session session, Row row) {
        return new RecordShape(call, tables, session.display(), rights, session.address()).of(row);
    }
}
