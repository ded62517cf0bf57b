package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.InvalidQuery;
import io.jenkins.plugins.servicenowconnector.simulator.table.Cell;
import io.jenkins.plugins.servicenowconnector.simulator.table.DisplayValues;
import io.jenkins.plugins.servicenowconnector.simulator.table.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.simulator.table.Reader;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;
import java.util.Map;

/** The rows of a table that a call's parameters select. */
final class Search {

    private final Tables tables;
    private final Switches switches;
    private final Rights rights;
    private final Reader reader;

    Search(Tables tables, Switches switches, Rights rights, Reader reader) {
        this.tables = tables;
        this.switches = switches;
        this.rights = rights;
        this.reader = reader;
    }

    List<Row> run(Call call, Schema schema) {
        String text = call.parameter("sysparm_query");
        if (text.isEmpty()) {
            return byPairs(call, schema);
        }
        boolean caretEscaped = !switches.isOn(Switch.CARET_NOT_ESCAPED);
        EncodedQuery query = EncodedQuery.parse(text, tables, schema, reader, caretEscaped);
        InvalidQuery answer = switches.invalidQuery();
        boolean isInvalid = !query.invalid().isEmpty();
        boolean namesUnreadable = query.paths().stream()
                .flatMap(path -> tables.column(schema, path).stream())
                .anyMatch(column -> !rights.mayRead(schema.name(), column));
        if (answer == InvalidQuery.REFUSED && (isInvalid || namesUnreadable)) {
            throw ApiError.queryRefused();
        }
        return isInvalid && answer == InvalidQuery.NO_ROWS ? List.of() : query.run();
    }

    /** {@code field=value} pairs: labels and names count as well as values. */
    private List<Row> byPairs(Call call, Schema schema) {
        List<Row> rows = EncodedQuery.all(tables, schema).run();
        for (Map.Entry<String, String> pair : call.parameters().entrySet()) {
            if (tables.column(schema, pair.getKey()).isPresent()) {
                rows = rows.stream()
                        .filter(row -> is(row, pair.getKey(), pair.getValue()))
                        .toList();
            }
        }
        return rows;
    }

    private boolean is(Row row, String field, String wanted) {
        DisplayValues display = new DisplayValues(tables, reader.zone());
        Cell cell = tables.cell(row, field).orElseThrow();
        return cell.value().equalsIgnoreCase(wanted) || display.of(cell).equalsIgnoreCase(wanted);
    }
}
