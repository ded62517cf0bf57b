package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.servicenowconnector.simulator.table.Cell;
import io.jenkins.plugins.servicenowconnector.simulator.table.DisplayValues;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;

/** The JSON that stands for a record, in the six shapes that two parameters make. */
final class RecordShape {

    private final Tables tables;
    private final DisplayValues display;
    private final Rights rights;
    private final String mode;
    private final boolean hasLinks;
    private final String address;
    private final List<String> fields;

    /**
     * @param address where links lead, such as {@code https://dev1.service-now.com}
     */
    RecordShape(Call call, Tables tables, DisplayValues display, Rights rights, String address) {
        this.tables = tables;
        this.display = display;
        this.rights = rights;
        this.address = address;
        mode = call.parameter("sysparm_display_value");
        hasLinks = !call.isTrue("sysparm_exclude_reference_link");
        String wanted = call.parameter("sysparm_fields");
        fields = wanted.isEmpty() ? List.of() : List.of(wanted.split(","));
    }

    /** Unknown fields leave no trace, unreadable ones neither. */
    ObjectNode of(Row row) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        List<String> paths = fields.isEmpty()
                ? row.schema().columns().stream().map(column -> column.name()).toList()
                : fields;
        for (String path : paths) {
            String trimmed = path.trim();
            tables.cell(row, trimmed)
                    .filter(cell -> isReadable(row, cell))
                    .ifPresent(cell -> record.set(trimmed, value(cell)));
        }
        return record;
    }

    /** What a reference leads to is under the access control of its own table too. */
    private boolean isReadable(Row start, Cell cell) {
        String table = cell.row().map(Row::table).orElse(start.table());
        return (table.equals(start.table()) || rights.mayRead(table)) && rights.mayRead(table, cell.column());
    }

    private JsonNode value(Cell cell) {
        boolean isFilledReference = cell.column().isReference() && !cell.value().isEmpty();
        if (mode.equals("all")) {
            ObjectNode both = JsonNodeFactory.instance.objectNode();
            both.put("display_value", display.of(cell)).put("value", cell.value());
            return isFilledReference && hasLinks ? both.put("link", link(cell)) : both;
        }
        boolean isDisplay = mode.equals("true");
        String text = isDisplay ? display.of(cell) : cell.value();
        return isFilledReference && hasLinks
                ? JsonNodeFactory.instance
                        .objectNode()
                        .put("link", link(cell))
                        .put(isDisplay ? "display_value" : "value", text)
                : TextNode.valueOf(text);
    }

    private String link(Cell cell) {
        return address + "/api/now/table/" + cell.column().reference() + "/" + cell.value();
    }
}
