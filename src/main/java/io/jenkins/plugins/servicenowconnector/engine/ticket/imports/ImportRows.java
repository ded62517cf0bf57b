package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows for a staging table, checked.
 *
 * @param stagingTable its name
 * @param rows texts by column, in the order in which they are sent
 */
public record ImportRows(String stagingTable, List<Map<String, String>> rows) {

    private static final int MOST = 1000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            // a version such as 1.10 is another one than 1.1
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public ImportRows {
        rows = List.copyOf(rows);
    }

    /**
     * Checks what a user gives: exactly one of row, rows and json.
     *
     * @param row columns with texts, numbers or booleans; null if not given
     * @param rows several of these; null if not given
     * @param json one flat object, or a list of them, as a text; null or blank if not given
     * @throws ServiceNowException with the parameter's name, before anything is sent
     */
    public static ImportRows of(
            String stagingTable, Map<String, ?> row, List<? extends Map<String, ?>> rows, String json)
            throws ServiceNowException {
        String table = Syntax.table("stagingTable", stagingTable);
        NeverWritten.checkTable("stagingTable", table);
        boolean hasJson = json != null && !json.isBlank();
        int ways = (row == null ? 0 : 1) + (rows == null ? 0 : 1) + (hasJson ? 1 : 0);
        if (ways != 1) {
            throw ServiceNowException.badInput("row", "or rows or json must be given, exactly one of them.");
        }
        if (hasJson) {
            return checked(table, "json", objects(json));
        }
        return row != null ? checked(table, "row", List.of(row)) : checked(table, "rows", rows);
    }

    private static ImportRows checked(String table, String parameter, List<? extends Map<String, ?>> rows)
            throws ServiceNowException {
        if (rows.isEmpty()) {
            throw ServiceNowException.badInput(parameter, "holds no row.");
        }
        if (rows.size() > MOST) {
            throw ServiceNowException.badInput(
                    parameter, "holds " + rows.size() + " rows, more than " + MOST + ": send them in several steps.");
        }
        List<Map<String, String>> checked = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.size() == 1 ? parameter : parameter + "[" + i + "]";
            checked.add(columns(name, rows.get(i)));
        }
        return new ImportRows(table, checked);
    }

    private static Map<String, String> columns(String parameter, Map<String, ?> row) throws ServiceNowException {
        if (row == null || row.isEmpty()) {
            throw ServiceNowException.badInput(parameter, "must name at least one column.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, ?> column : row.entrySet()) {
            String name = Syntax.field(parameter, column.getKey());
            Object value = column.getValue();
            if (value instanceof Collection || value instanceof Map) {
                throw ServiceNowException.badInput(
                        parameter + "." + name,
                        "must not be nested: a staging table takes texts only and would garble it.");
            }
            values.put(name, FieldInput.single(parameter + "." + name, value));
        }
        return Collections.unmodifiableMap(values);
    }

    private static List<Map<String, Object>> objects(String json) throws ServiceNowException {
        JsonNode tree = parse(json);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode each : tree.isArray() ? tree : List.of(tree)) {
            if (!each.isObject()) {
                throw ServiceNowException.badInput("json", "must be one object, or a list of objects.");
            }
            Map<String, Object> row = new LinkedHashMap<>();
            each.properties().forEach(column -> row.put(column.getKey(), plain(column.getValue())));
            rows.add(row);
        }
        return rows;
    }

    private static JsonNode parse(String json) throws ServiceNowException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ServiceNowException.badInput("json", "is no JSON" + where + ", or names a column twice.");
        }
    }

    /** The value as a Pipeline would give it; what is nested is refused with its name afterwards. */
    private static Object plain(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isContainerNode() ? List.of() : value.asText();
    }
}
