package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One record of an answer.
 *
 * @param fields its fields by name; dotted names as they were asked for; what may not be read is missing
 * @param ignored the fields that ServiceNow says it ignored in a write ({@code __meta.ignoredFields}, servicenow-rest §3.2);
 *     the Table API never says so, so that an empty set means nothing
 */
public record Row(Map<String, FieldValue> fields, Set<String> ignored) {

    public Row {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        ignored = Collections.unmodifiableSet(new LinkedHashSet<>(ignored));
    }

    /** A record of which nothing was ignored. */
    public Row(Map<String, FieldValue> fields) {
        this(fields, Set.of());
    }

    /** The stored value of a field; empty if it is empty or did not come back. */
    public String value(String field) {
        return fields.getOrDefault(field, FieldValue.EMPTY).value();
    }

    static Row of(JsonNode record) {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        record.properties().forEach(each -> fields.put(each.getKey(), fieldValue(each.getValue())));
        fields.remove("__meta");
        Set<String> ignored = new LinkedHashSet<>();
        record.path("__meta").path("ignoredFields").forEach(name -> ignored.add(name.asText()));
        return new Row(fields, ignored);
    }

    /** Reads all shapes of servicenow-rest §1.4, and the typed values of the Change API. */
    static FieldValue fieldValue(JsonNode node) {
        if (!node.isObject()) {
            String plain = text(node);
            return new FieldValue(plain, plain);
        }
        JsonNode value = node.path("value");
        JsonNode display = node.path("display_value");
        String shown = display.isMissingNode() ? text(value) : text(display);
        // with display values only, a reference comes without its key (§1.4): then the label is all there is
        return new FieldValue(value.isMissingNode() ? shown : text(value), shown);
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        // the Change API has typed values, and old releases wrote -5.0 for -5 (§3.2)
        return node.isNumber() ? node.asText().replaceAll("\\.0$", "") : node.asText();
    }
}
