package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What of a request's body is stored: the rest is dropped without a word. */
final class RecordInput {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SYS_ID = Pattern.compile("[0-9a-f]{32}");

    private final Tables tables;
    private final Switches switches;
    private final Rights rights;
    private final boolean isDisplay;
    private final ZoneId zone;

    /**
     * @param isDisplay whether values are names, labels or dates in the caller's zone
     */
    RecordInput(Tables tables, Switches switches, Rights rights, boolean isDisplay, ZoneId zone) {
        this.tables = tables;
        this.switches = switches;
        this.rights = rights;
        this.isDisplay = isDisplay;
        this.zone = zone;
    }

    /** Reads a body; of several records in one the first counts. */
    static JsonNode read(Call call) {
        if (call.text().isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode body = JSON.readTree(call.body());
            return body.isArray() && !body.isEmpty() ? body.get(0) : body;
        } catch (JsonProcessingException e) {
            // the parser's own text is not documented [?]
            throw ApiError.unreadable(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The values that are stored, by field. */
    Map<String, String> accepted(Schema schema, JsonNode body) {
        Map<String, String> values = new LinkedHashMap<>();
        body.fieldNames()
                .forEachRemaining(field -> schema.column(field)
                        .filter(column -> rights.mayWrite(schema.name(), column))
                        .flatMap(column -> value(column, body.get(field)))
                        .ifPresent(value -> values.put(field, value)));
        return values;
    }

    private Optional<String> value(Column column, JsonNode sent) {
        if (sent.isContainerNode()) {
            return Optional.empty();
        }
        // JSON null empties the field [?]
        String text = sent.isNull() ? "" : sent.asText();
        if (text.isEmpty()) {
            return Optional.of("");
        }
        return switch (column.kind()) {
            case CHOICE -> choice(column, text);
            case BOOLEAN -> Optional.of(String.valueOf(text.equalsIgnoreCase("true") || text.equals("1")));
            case INTEGER -> Optional.of(text).filter(number -> number.matches("-?\\d+"));
            case REFERENCE -> Optional.of(reference(column, text));
            case DATE_TIME -> date(text);
            case STRING -> Optional.of(cut(text, column.maxLength()));
            case JOURNAL, GLIDE_LIST -> Optional.of(text);
        };
    }

    private Optional<String> choice(Column column, String text) {
        Optional<String> known = isDisplay ? column.valueOf(text) : Optional.empty();
        boolean isKept = column.labelOf(text).isPresent() || switches.isOn(Switch.CHOICES_KEPT);
        return known.or(() -> Optional.of(text).filter(value -> isKept));
    }

    /** A text that is no sys_id counts as a display value {@code [?]}; a sys_id is stored even when nothing has it. */
    private String reference(Column column, String text) {
        if (SYS_ID.matcher(text).matches()) {
            return text;
        }
        return tables.rows(column.reference()).stream()
                .filter(row -> row.get(row.schema().displayField()).equalsIgnoreCase(text))
                .findFirst()
                .map(Row::sysId)
                .orElse("");
    }

    /** A text that is no date is not stored {@code [?]}. */
    private Optional<String> date(String text) {
        return isDisplay
                ? InstanceClock.typed(text, zone)
                : InstanceClock.parse(text).map(InstanceClock::stored);
    }

    private static String cut(String text, int maxLength) {
        return maxLength == 0 || text.length() <= maxLength ? text : text.substring(0, maxLength);
    }
}
