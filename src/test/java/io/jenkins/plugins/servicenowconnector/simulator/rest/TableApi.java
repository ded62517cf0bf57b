package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Actor;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Records;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/now/table}: lists, records, writes. */
final class TableApi implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/now/(?:v(\\d)/)?table/([^/]+)(?:/([^/]+))?/?");
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");

    private final Records records;
    private final Tables tables;
    private final Switches switches;
    private final Rights rights;

    TableApi(Records records, Switches switches, Rights rights) {
        this.records = records;
        this.switches = switches;
        this.rights = rights;
        tables = records.tables();
    }

    @Override
    public Optional<Reply> answer(Call call, Session session) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        Schema schema = tables.schema(path.group(2)).orElseThrow(() -> ApiError.invalidTable(path.group(2)));
        boolean isFirstVersion = "1".equals(path.group(1));
        return Optional.of(
                path.group(3) == null
                        ? onTable(call, session, schema, isFirstVersion)
                        : onRecord(call, session, schema, path.group(3)));
    }

    private Reply onTable(Call call, Session session, Schema schema, boolean isFirstVersion) {
        return switch (call.effectiveMethod()) {
            case "GET", "HEAD" -> list(call, session, schema, isFirstVersion);
            case "POST" -> create(call, session, schema);
            default -> throw new ApiError(405, "Method not supported", null);
        };
    }

    private Reply onRecord(Call call, Session session, Schema schema, String sysId) {
        Row row = tables.find(schema.name(), sysId)
                .filter(found -> rights.mayRead(session.account(), found))
                .orElseThrow(ApiError::noRecord);
        return switch (call.effectiveMethod()) {
            case "GET", "HEAD" -> Reply.result(200, shape(call, session).of(row));
            case "PATCH", "PUT" -> update(call, session, row);
            case "DELETE" -> delete(session, row);
            default -> throw new ApiError(405, "Method not supported", null);
        };
    }

    private Reply list(Call call, Session session, Schema schema, boolean isFirstVersion) {
        List<Row> found = new Search(tables, switches, rights, session.reader()).run(call, schema);
        Paging paging = new Paging(call, switches, session.address());
        RecordShape shape = shape(call, session);
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        paging.page(found).stream()
                .filter(row -> rights.mayRead(session.account(), row))
                .map(shape::of)
                .forEach(result::add);
        if (isFirstVersion && result.isEmpty()) {
            throw ApiError.noRecord();
        }
        long readable = found.stream()
                .filter(row -> rights.mayRead(session.account(), row))
                .count();
        int total = switches.isOn(Switch.TOTAL_OF_READABLE) ? (int) readable : found.size();
        return paging.headers(Reply.result(200, result), total);
    }

    private Reply create(Call call, Session session, Schema schema) {
        if (!rights.mayCreate(session.account(), schema.name())) {
            throw ApiError.of(Refusal.byAccessControl("Insert"));
        }
        JsonNode body = RecordInput.read(call);
        Map<String, String> values = input(call, session).accepted(schema, body);
        sysId(schema, body).ifPresent(sysId -> values.put("sys_id", sysId));
        Row row = records.insert(
                schema.name(), values, Actor.user(session.account().userName()));
        return Reply.result(201, shape(call, session).of(row))
                .with("Location", session.address() + "/api/now/table/" + row.table() + "/" + row.sysId());
    }

    /** The sys_id that the new record shall have, if the client may choose it. */
    private Optional<String> sysId(Schema schema, JsonNode body) {
        String wanted = body.path("sys_id").asText();
        boolean isIgnored = switches.sysIdInPost() == SysIdInPost.IGNORED;
        if (isIgnored || !SYS_ID.matcher(wanted).matches()) {
            return Optional.empty();
        }
        // what extends a table has its keys in common with it
        String family = schema.parent().isEmpty() ? schema.name() : schema.parent();
        boolean isTaken = tables.find(family, wanted).isPresent();
        if (isTaken && switches.sysIdInPost() == SysIdInPost.REFUSED_AS_DUPLICATE) {
            throw ApiError.of(Refusal.byUniqueKey(schema.name(), wanted));
        }
        return Optional.of(wanted).filter(id -> !isTaken);
    }

    private Reply update(Call call, Session session, Row row) {
        if (!rights.mayUpdate(session.account(), row)) {
            throw ApiError.of(Refusal.byAccessControl("Update"));
        }
        Map<String, String> values = input(call, session).accepted(row.schema(), RecordInput.read(call));
        records.update(row, values, Actor.user(session.account().userName()));
        return Reply.result(200, shape(call, session).of(row));
    }

    private Reply delete(Session session, Row row) {
        if (!rights.mayDelete(session.account(), row)) {
            throw ApiError.of(Refusal.byAccessControl("Delete"));
        }
        records.delete(row);
        return Reply.empty(204);
    }

    private RecordInput input(Call call, Session session) {
        boolean isDisplay = call.isTrue("sysparm_input_display_value");
        return new RecordInput(
                tables, switches, rights, isDisplay, session.reader().zone());
    }

    private RecordShape shape(Call call, Session session) {
        return new RecordShape(call, tables, session.display(), rights, session.address());
    }
}
