package io.jenkins.plugins.servicenowconnector.simulator.table;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Every table of the instance; its own monitor guards all records, so a caller may hold it over several steps. */
public final class Tables {

    private final InstanceClock clock;
    private final Map<String, Schema> schemas = new LinkedHashMap<>();
    private final Map<String, Map<String, Row>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    public Tables(InstanceClock clock) {
        this.clock = clock;
    }

    /** Adds a table, or gives an existing one another shape and no rows. */
    public synchronized void declare(Schema schema) {
        schemas.put(schema.name(), schema);
        rows.put(schema.name(), new LinkedHashMap<>());
        counts.put(schema.name(), 0);
    }

    /** Drops every table with its rows. */
    public synchronized void clear() {
        schemas.clear();
        rows.clear();
        counts.clear();
    }

    /** Gives one value of a choice field another label, as an administrator or a language does. */
    public synchronized void relabel(String table, String field, String value, String label) {
        Schema schema = schemas.get(table);
        schema.with(schema.column(field).orElseThrow().relabelled(value, label));
    }

    public synchronized Optional<Schema> schema(String table) {
        return Optional.ofNullable(schemas.get(table));
    }

    public synchronized Collection<Schema> schemas() {
        return List.copyOf(schemas.values());
    }

    /** A record of the table that is not stored yet, with defaults only. */
    public synchronized Row blank(String table) {
        return new Row(schemas.get(table));
    }

    /** Stores a record as it is, past all rules; platform fields and number are filled where they are empty. */
    public synchronized Row add(Row row, String user) {
        fillIfEmpty(row, "sys_id", newSysId());
        fillIfEmpty(row, "sys_created_on", clock.stored());
        fillIfEmpty(row, "sys_created_by", user);
        fillIfEmpty(row, "sys_updated_on", row.get("sys_created_on"));
        fillIfEmpty(row, "sys_updated_by", user);
        fillIfEmpty(row, "sys_mod_count", "0");
        if (row.schema().isNumbered()) {
            fillIfEmpty(row, "number", row.schema().number(counts.merge(row.table(), 1, Integer::sum) - 1));
        }
        rows.get(row.table()).put(row.sysId(), row);
        return row;
    }

    /** Stores a record as it is, past all rules; for what an instance has before a test begins. */
    public synchronized Row seed(String table, Map<String, String> values) {
        Row row = blank(table);
        values.forEach(row::set);
        return add(row, "system");
    }

    public synchronized void remove(Row row) {
        rows.get(row.table()).remove(row.sysId());
    }

    /** The table's records with those of the tables that extend it, in the order of creation. */
    public synchronized List<Row> rows(String table) {
        List<Row> found = new ArrayList<>();
        for (Schema schema : schemas.values()) {
            if (schema.name().equals(table) || schema.parent().equals(table)) {
                found.addAll(rows.get(schema.name()).values());
            }
        }
        return found;
    }

    public synchronized Optional<Row> find(String table, String sysId) {
        for (Schema schema : schemas.values()) {
            boolean wanted = schema.name().equals(table) || schema.parent().equals(table);
            Row row = wanted ? rows.get(schema.name()).get(sysId) : null;
            if (row != null) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** The first record of the table with that value in that field. */
    public synchronized Optional<Row> first(String table, String field, String value) {
        return rows(table).stream().filter(row -> row.is(field, value)).findFirst();
    }

    /** The task (change, incident, problem …) with that number. */
    public synchronized Optional<Row> byNumber(String number) {
        return first("task", "number", number);
    }

    /** Follows a dotted path from the record; empty when the path does not exist in the schemas. */
    public synchronized Optional<Cell> cell(Row row, String path) {
        return cell(Optional.of(row), row.schema(), path);
    }

    private Optional<Cell> cell(Optional<Row> row, Schema schema, String path) {
        int dot = path.indexOf('.');
        Optional<Column> column = schema.column(dot < 0 ? path : path.substring(0, dot));
        if (dot < 0 || column.isEmpty()) {
            return column.map(found -> new Cell(row, found));
        }
        Column step = column.get();
        Optional<Schema> next = step.isReference() ? schema(step.reference()) : Optional.empty();
        Optional<Row> target = row.flatMap(from -> find(step.reference(), from.get(step.name())));
        Schema exact = target.map(Row::schema).or(() -> next).orElse(null);
        return next.isEmpty() ? Optional.empty() : cell(target, exact, path.substring(dot + 1));
    }

    /** The field that the dotted path leads to, by the schemas alone. */
    public synchronized Optional<Column> column(Schema schema, String path) {
        return cell(Optional.empty(), schema, path).map(Cell::column);
    }

    public static String newSysId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static void fillIfEmpty(Row row, String field, String value) {
        if (row.isEmpty(field)) {
            row.set(field, value);
        }
    }
}
