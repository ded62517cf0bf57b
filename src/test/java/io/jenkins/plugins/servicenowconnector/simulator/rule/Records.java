package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.JournalEntry;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes records the way the platform does: rules before, store, journal, rules after. */
public final class Records {

    private static final BusinessRule NONE = new BusinessRule() {};

    private final Tables tables;
    private final InstanceClock clock;
    private final Map<String, BusinessRule> rules = new HashMap<>();

    public Records(Tables tables, InstanceClock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    void rule(String table, BusinessRule rule) {
        rules.put(table, rule);
    }

    public Tables tables() {
        return tables;
    }

    /** Creates a record; a value for {@code sys_id} is taken as it is. */
    public Row insert(String table, Map<String, String> values, Actor actor) {
        synchronized (tables) {
            Row row = tables.blank(table);
            values.forEach((field, value) -> take(row, field, value, actor));
            ruleOf(table).beforeInsert(row, actor);
            demandMandatory(row);
            tables.add(row, actor.userName());
            storeJournal(row, 0);
            ruleOf(table).afterInsert(row);
            return row;
        }
    }

    /** Changes a record in place; a write that changes nothing leaves its update time alone {@code [?]}. */
    public void update(Row row, Map<String, String> values, Actor actor) {
        synchronized (tables) {
            Row before = row.copy();
            Row after = row.copy();
            values.forEach((field, value) -> take(after, field, value, actor));
            ruleOf(row.table()).beforeUpdate(new Update(before, after, values.keySet(), actor));
            demandMandatory(after);
            if (after.sameValuesAs(before)) {
                return;
            }
            after.set("sys_mod_count", String.valueOf(Integer.parseInt(before.get("sys_mod_count")) + 1));
            after.set("sys_updated_on", clock.stored()).set("sys_updated_by", actor.userName());
            row.become(after);
            storeJournal(row, before.journal().size());
            ruleOf(row.table()).afterUpdate(before, row);
        }
    }

    public void delete(Row row) {
        tables.remove(row);
    }

    private BusinessRule ruleOf(String table) {
        return rules.getOrDefault(table, NONE);
    }

    private void take(Row row, String field, String value, Actor actor) {
        boolean isJournal = row.schema().column(field).map(Column::isJournal).orElse(false);
        if (!isJournal) {
            row.set(field, value);
        } else if (!value.isEmpty()) {
            row.append(new JournalEntry(field, clock.stored(), actor.userName(), value));
        }
    }

    private void demandMandatory(Row row) {
        List<String> missing = row.schema().columns().stream()
                .filter(column -> column.mandatory() && row.isEmpty(column.name()))
                .map(Column::label)
                .toList();
        if (!missing.isEmpty()) {
            throw Refusal.byDataPolicy(missing);
        }
    }

    /** Journal entries are rows of a table of their own as well. */
    private void storeJournal(Row row, int alreadyStored) {
        List<JournalEntry> journal = row.journal();
        for (JournalEntry entry : journal.subList(alreadyStored, journal.size())) {
            Row stored = tables.blank("sys_journal_field")
                    .set("element_id", row.sysId())
                    .set("element", entry.field())
                    .set("name", row.table())
                    .set("value", entry.text());
            tables.add(stored, entry.createdBy());
        }
    }
}
