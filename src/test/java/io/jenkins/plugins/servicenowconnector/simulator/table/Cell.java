package io.jenkins.plugins.servicenowconnector.simulator.table;

import java.util.Optional;

/**
 * One field of one record, reached by a path.
 *
 * @param row empty when a reference on the way is empty or dangling
 */
public record Cell(Optional<Row> row, Column column) {

    /** The raw value; a journal has none. */
    public String value() {
        return column.isJournal()
                ? ""
                : row.map(found -> found.get(column.name())).orElse("");
    }
}
