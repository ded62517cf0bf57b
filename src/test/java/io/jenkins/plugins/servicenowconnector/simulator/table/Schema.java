package io.jenkins.plugins.servicenowconnector.simulator.table;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the instance knows about one table: its fields, its parent, its number series. */
public final class Schema {

    private final String name;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private String parent = "";
    private String displayField = "sys_id";
    private String numberPrefix = "";
    private int firstNumber;

    private Schema(String name) {
        this.name = name;
        add(Column.string("sys_id", 32).asReadOnly());
        add(Column.string("sys_class_name", 80).byDefault(name).asReadOnly());
        add(Column.dateTime("sys_created_on").asReadOnly());
        add(Column.string("sys_created_by", 40).asReadOnly());
        add(Column.dateTime("sys_updated_on").asReadOnly());
        add(Column.string("sys_updated_by", 40).asReadOnly());
        add(Column.integer("sys_mod_count").asReadOnly());
    }

    /** A table that so far has the platform's own fields only. */
    public static Schema table(String name) {
        return new Schema(name);
    }

    /** The table's rows are rows of that table too. */
    public Schema extending(String parentTable) {
        parent = parentTable;
        return this;
    }

    /** The field that stands for the whole record where it is referenced. */
    public Schema display(String field) {
        displayField = field;
        return this;
    }

    /** Gives the table a field {@code number} with its own series, shown as the record's display value. */
    public Schema numbered(String prefix, int first) {
        numberPrefix = prefix;
        firstNumber = first;
        add(Column.string("number", 40));
        return display("number");
    }

    public Schema with(Column... more) {
        for (Column column : more) {
            add(column);
        }
        return this;
    }

    private void add(Column column) {
        columns.put(column.name(), column);
    }

    public String name() {
        return name;
    }

    public String parent() {
        return parent;
    }

    public String displayField() {
        return displayField;
    }

    public Optional<Column> column(String field) {
        return Optional.ofNullable(columns.get(field));
    }

    public Collection<Column> columns() {
        return Collections.unmodifiableCollection(columns.values());
    }

    boolean isNumbered() {
        return !numberPrefix.isEmpty();
    }

    String number(int count) {
        return String.format("%s%07d", numberPrefix, firstNumber + count);
    }
}
