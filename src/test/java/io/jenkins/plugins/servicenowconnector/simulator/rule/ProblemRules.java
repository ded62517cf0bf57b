package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;

/** The rules of {@code problem}: its state may silently stay. */
final class ProblemRules implements BusinessRule {

    private final Switches switches;

    ProblemRules(Switches switches) {
        this.switches = switches;
    }

    @Override
    public void beforeInsert(Row row, Actor actor) {
        row.set("active", String.valueOf(!row.is("state", "107")));
    }

    @Override
    public void beforeUpdate(Update update) {
        if (switches.isOn(Switch.PROBLEM_MOVES_IGNORED)) {
            update.keep("state");
        }
        update.after().set("active", String.valueOf(!update.after().is("state", "107")));
    }
}
