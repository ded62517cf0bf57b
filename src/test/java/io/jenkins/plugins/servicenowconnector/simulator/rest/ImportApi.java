package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.importset.StagingTables;
import io.jenkins.plugins.servicenowconnector.simulator.importset.Transformed;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Actor;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/now/import}: one row into a staging table, with what its transform maps made of it. */
public final class ImportApi implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/api/now/(?:v\\d/)?import/([^/]+)(?:/([^/]+))?/?");

    private final Tables tables;
    private final StagingTables stagingTables;
    private final Switches switches;

    public ImportApi(Tables tables, StagingTables stagingTables, Switches switches) {
        this.tables = tables;
        this.stagingTables = stagingTables;
        this.switches = switches;
    }

    @Override
    public Optional<Reply> answer(Call call, Session session) {
        Matcher path = PATH.matcher(call.path());
        if (!path.matches()) {
            return Optional.empty();
        }
        String staging = path.group(1);
        if (!stagingTables.isStaging(staging)) {
            // the text for a table that is no staging table is not documented [?]
            throw new ApiError(400, "Invalid staging table", null);
        }
        if (path.group(2) != null) {
            Row row = tables.find(staging, path.group(2)).orElseThrow(ApiError::noRecord);
            return Optional.of(Reply.json(200, body(row, session)));
        }
        if (!call.effectiveMethod().equals("POST")) {
            throw new ApiError(405, "Method not supported", null);
        }
        return Optional.of(load(call, session, staging));
    }

    private Reply load(Call call, Session session, String staging) {
        if (!session.account().has(Role.IMPORT_SET_LOADER) || switches.isUnwritable(staging)) {
            throw ApiError.of(Refusal.byAccessControl("Insert"));
        }
        Map<String, String> values =
                columns(RecordInput.read(call), tables.schema(staging).orElseThrow());
        Row row =
                stagingTables.load(staging, values, Actor.user(session.account().userName()));
        return Reply.json(switches.isOn(Switch.IMPORT_ANSWERS_200) ? 200 : 201, body(row, session));
    }

    /** Nested values are stored, but garbled. */
    private static Map<String, String> columns(JsonNode body, Schema schema) {
        Map<String, String> values = new LinkedHashMap<>();
        body.properties().stream()
                .filter(each -> schema.column(each.getKey()).isPresent())
                .forEach(each -> values.put(
                        each.getKey(),
                        each.getValue().isContainerNode()
                                ? each.getValue().toString().replace(":", "=")
                                : each.getValue().asText()));
        return values;
    }

    private ObjectNode body(Row row, Session session) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("import_set", stagingTables.number(row))
                .put("staging_table", row.table());
        ArrayNode result = body.putArray("result");
        if (!switches.isOn(Switch.IMPORT_ASYNCHRONOUS)) {
            stagingTables.of(row).forEach(each -> result.add(element(each, session)));
        }
        return body;
    }

    private static ObjectNode element(Transformed done, Session session) {
        ObjectNode element = JsonNodeFactory.instance
                .objectNode()
                .put("transform_map", done.map().name())
                .put("table", done.map().target());
        Row target = done.target();
        if (target != null) {
            String field = target.schema().displayField();
            element.put("display_name", field)
                    .put("display_value", target.get(field))
                    .put("record_link", session.address() + "/api/now/table/" + target.table() + "/" + target.sysId())
                    .put("status", done.status());
            return element.put("sys_id", target.sysId());
        }
        element.put("status", done.status());
        putIfFilled(element, "error_message", done.errorMessage());
        putIfFilled(element, "status_message", done.statusMessage());
        return element;
    }

    private static void putIfFilled(ObjectNode element, String key, String text) {
        if (!text.isEmpty()) {
            element.put(key, text);
        }
    }
}
