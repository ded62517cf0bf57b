package io.jenkins.plugins.servicenowconnector.simulator.table;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One record: raw values as text, journals as lists of entries. */
public final class Row {

    private final Schema schema;
    private final Map<String, String> values = new ConcurrentHashMap<>();
    private final List<JournalEntry> journal = new CopyOnWriteArrayList<>();

    Row(Schema schema) {
        this.schema = schema;
        schema.columns().forEach(column -> values.put(column.name(), column.byDefault()));
    }

    private Row(Row original) {
        schema = original.schema;
        values.putAll(original.values);
        journal.addAll(original.journal);
    }

    /** A copy to work on: changing it leaves this record as it is. */
    public Row copy() {
        return new Row(this);
    }

    /** Takes over every value of a copy. */
    public void become(Row changed) {
        // first: who sees what has changed finds what was said of it
        journal.addAll(changed.journal.subList(journal.size(), changed.journal.size()));
        values.putAll(changed.values);
    }

    /** The raw value, {@code ""} when empty or when there is no such field. */
    public String get(String field) {
        return values.getOrDefault(field, "");
    }

    public Row set(String field, String value) {
        values.put(field, value);
        return this;
    }

    public boolean is(String field, String value) {
        return get(field).equals(value);
    }

    public boolean isEmpty(String field) {
        return get(field).isEmpty();
    }

    public boolean sameValuesAs(Row other) {
        return values.equals(other.values) && journal.equals(other.journal);
    }

    public String sysId() {
        return get("sys_id");
    }

    public String number() {
        return get("number");
    }

    public Schema schema() {
        return schema;
    }

    public String table() {
        return schema.name();
    }

    /** Everything appended to the record's journal fields, oldest first. */
    public List<JournalEntry> journal() {
        return List.copyOf(journal);
    }

    public void append(JournalEntry entry) {
        journal.add(entry);
    }

    @Override
    public String toString() {
        return table() + " " + values;
    }
}
