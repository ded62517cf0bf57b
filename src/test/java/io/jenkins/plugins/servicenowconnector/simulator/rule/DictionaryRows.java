package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the instance's tables about tables hold: {@code sys_db_object} a row for each table, {@code sys_dictionary} one for each
 * field, under the table that brings it, and one for the table itself.
 */
public final class DictionaryRows {

    private static final String TABLES = "sys_db_object";
    private static final String FIELDS = "sys_dictionary";

    private DictionaryRows() {}

    /** Writes down all tables that are declared now, in place of what was written before. */
    public static void fill(Tables tables) {
        tables.rows(TABLES).forEach(tables::remove);
        tables.rows(FIELDS).forEach(tables::remove);
        tables.schemas().forEach(schema -> add(tables, schema));
    }

    /** Writes down one table, in place of what was written of it before. */
    public static void describe(Tables tables, String name) {
        tables.first(TABLES, "name", name).ifPresent(tables::remove);
        tables.rows(FIELDS).stream().filter(row -> row.is("name", name)).forEach(tables::remove);
        add(tables, tables.schema(name).orElseThrow());
    }

    /** The row of a table; made with those of all that it extends, if it is not there. */
    private static Row add(Tables tables, Schema schema) {
        Row there = tables.first(TABLES, "name", schema.name()).orElse(null);
        if (there != null) {
            return there;
        }
        String parent = tables.schema(schema.parent())
                .map(each -> add(tables, each).sysId())
                .orElse("");
        tables.seed(FIELDS, Map.of("name", schema.name(), "internal_type", "collection"));
        schema.columns().stream()
                .filter(column -> !isInherited(tables, schema, column))
                .forEach(column -> tables.seed(FIELDS, field(schema, column)));
        return tables.seed(TABLES, Map.of("name", schema.name(), "label", label(schema.name()), "super_class", parent));
    }

    private static Map<String, String> field(Schema schema, Column column) {
        Map<String, String> field = new HashMap<>();
        field.put("name", schema.name());
        field.put("element", column.name());
        field.put("column_label", column.label());
        field.put("internal_type", type(column));
        field.put("max_length", String.valueOf(column.maxLength() == 0 ? 40 : column.maxLength()));
        field.put("reference", column.reference());
        field.put("choice", column.kind() == Kind.CHOICE ? "1" : "0");
        field.put("display", String.valueOf(column.name().equals(schema.displayField())));
        field.put("mandatory", String.valueOf(column.mandatory()));
        field.put("read_only", String.valueOf(column.readOnly()));
        return field;
    }

    private static String type(Column column) {
        return switch (column.kind()) {
            case CHOICE, STRING -> "string";
            case DATE_TIME -> "glide_date_time";
            case JOURNAL -> "journal_input";
            default -> column.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String label(String name) {
        String words = name.replaceFirst("^u_", "").replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Whether the table that this one extends has the very same field; each names itself in a field that is always the same. */
    static boolean isInherited(Tables tables, Schema schema, Column column) {
        return tables.schema(schema.parent())
                .flatMap(parent -> parent.column(column.name()))
                .filter(inherited -> inherited.equals(column) || column.name().equals("sys_class_name"))
                .isPresent();
    }
}
