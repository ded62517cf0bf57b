package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.HashMap;
import java.util.Map;

/**
 * What the instance's tables about tables hold: {@code sys_db_object} a row for each table, {@code sys_dictionary} one for each
 * field, under the table that brings it.
 */
public final class DictionaryRows {

    private static final Map<Kind, String> TYPES = Map.of(
            Kind.STRING, "string",
            Kind.INTEGER, "integer",
            Kind.BOOLEAN, "boolean",
            Kind.CHOICE, "string",
            Kind.REFERENCE, "reference",
            Kind.DATE_TIME, "glide_date_time",
            Kind.JOURNAL, "journal_input",
            Kind.GLIDE_LIST, "glide_list");

    private DictionaryRows() {}

    /** Writes down all tables that are declared now, in place of what was written before. */
    public static void fill(Tables tables) {
        tables.rows("sys_db_object").forEach(tables::remove);
        tables.rows("sys_dictionary").forEach(tables::remove);
        Map<String, Row> objects = new HashMap<>();
        for (Schema schema : tables.schemas()) {
            objects.put(schema.name(), tables.seed("sys_db_object", Map.of("name", schema.name())));
        }
        for (Schema schema : tables.schemas()) {
            if (!schema.parent().isEmpty()) {
                Row parent = objects.get(schema.parent());
                objects.get(schema.name()).set("super_class", parent.sysId());
            }
            schema.columns().stream()
                    .filter(column -> !isInherited(tables, schema, column))
                    .forEach(column -> describe(tables, schema, column));
        }
    }

    private static void describe(Tables tables, Schema schema, Column column) {
        tables.seed(
                "sys_dictionary",
                Map.of(
                        "name", schema.name(),
                        "element", column.name(),
                        "internal_type", TYPES.get(column.kind()),
                        "reference", column.reference(),
                        "choice", column.kind() == Kind.CHOICE ? "1" : "0",
                        "display", String.valueOf(column.name().equals(schema.displayField())),
                        "max_length", String.valueOf(column.maxLength())));
    }

    /** Whether the table that this one extends has the very same field. */
    static boolean isInherited(Tables tables, Schema schema, Column column) {
        return tables.schema(schema.parent())
                .flatMap(parent -> parent.column(column.name()))
                .filter(column::equals)
                .isPresent();
    }
}
