package io.jenkins.plugins.servicenowconnector.simulator.rule;

import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.integer;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.reference;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.string;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.yesNo;

import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an instance tells of its own tables and fields, as rows of {@code sys_db_object} and {@code sys_dictionary}. */
public final class DictionaryRows {

    private static final String TABLES = "sys_db_object";
    private static final String FIELDS = "sys_dictionary";

    private DictionaryRows() {}

    /** Describes all tables that are declared so far, parents before those that extend them. */
    public static void fill(Tables tables) {
        List<String> names = tables.schemas().stream().map(Schema::name).toList();
        tables.declare(Schema.table(TABLES)
                .display("label")
                .with(string("name", 80), string("label", 80), reference("super_class", TABLES)));
        tables.declare(Schema.table(FIELDS)
                .display("column_label")
                .with(string("name", 80), string("element", 80), string("column_label", 80))
                .with(string("internal_type", 40), integer("max_length"), string("reference", 80))
                .with(yesNo("mandatory"), yesNo("read_only"), yesNo("active").byDefault("true")));
        names.forEach(name -> describe(tables, name));
    }

    /** Describes one table; a field that its parent has in the same form is the parent's. */
    public static void describe(Tables tables, String name) {
        Schema schema = tables.schema(name).orElseThrow();
        String parent =
                tables.first(TABLES, "name", schema.parent()).map(Row::sysId).orElse("");
        tables.seed(TABLES, Map.of("name", name, "label", label(name), "super_class", parent));
        tables.seed(FIELDS, Map.of("name", name, "internal_type", "collection"));
        Collection<Column> inherited =
                tables.schema(schema.parent()).map(Schema::columns).orElse(List.of());
        schema.columns().stream()
                .filter(column -> inherited.stream().noneMatch(column::equals))
                .filter(column -> inherited.isEmpty() || !column.name().equals("sys_class_name"))
                .forEach(column -> tables.seed(FIELDS, field(name, column)));
    }

    private static Map<String, String> field(String table, Column column) {
        return Map.of(
                "name", table,
                "element", column.name(),
                "column_label", column.label(),
                "internal_type", type(column),
                "max_length", String.valueOf(column.maxLength() == 0 ? 40 : column.maxLength()),
                "reference", column.reference(),
                "mandatory", String.valueOf(column.mandatory()),
                "read_only", String.valueOf(column.readOnly()));
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
}
