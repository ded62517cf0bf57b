package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.Map;
import java.util.Set;

/** The rules of {@code change_task}: the last one closed takes its change to Review. */
final class ChangeTaskRules implements BusinessRule {

    private static final Set<String> FINISHED = Set.of("3", "4");

    private final Records records;
    private final Tables tables;
    private final Switches switches;

    ChangeTaskRules(Records records, Switches switches) {
        this.records = records;
        this.switches = switches;
        tables = records.tables();
    }

    @Override
    public void beforeInsert(Row row, Actor actor) {
        setActive(row);
    }

    @Override
    public void beforeUpdate(Update update) {
        setActive(update.after());
    }

    private static void setActive(Row row) {
        boolean isFinished = FINISHED.contains(row.get("state"));
        row.set("active", String.valueOf(!isFinished));
    }

    @Override
    public void afterUpdate(Row before, Row now) {
        boolean isJustFinished = before.is("active", "true") && now.is("active", "false");
        if (isJustFinished && !switches.isOn(Switch.NO_AUTOMATIC_REVIEW)) {
            tables.find("change_request", now.get("change_request")).ifPresent(this::review);
        }
    }

    private void review(Row change) {
        boolean isImplemented = change.is("state", ChangeState.IMPLEMENT.value())
                && !change.is("on_hold", "true")
                && new Transitions(tables).hasNoOpenTask(change);
        if (isImplemented) {
            records.update(change, Map.of("state", ChangeState.REVIEW.value()), Actor.FLOW);
        }
    }
}
