package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rules of {@code change_request}: model, state transitions, what closing or holding demands. */
final class ChangeRules implements BusinessRule {

    private final Tables tables;
    private final Switches switches;
    private final Transitions transitions;
    private final ChangeFlow flow;

    ChangeRules(Tables tables, Switches switches, ChangeFlow flow) {
        this.tables = tables;
        this.switches = switches;
        this.flow = flow;
        transitions = new Transitions(tables);
    }

    @Override
    public void beforeInsert(Row row, Actor actor) {
        applyTemplate(row);
        chooseModel(row);
        if (!switches.isOn(Switch.STATE_ON_INSERT_KEPT)) {
            row.set("state", ChangeState.NEW.value());
        }
        row.set("approval", row.is("type", "standard") ? "approved" : "not requested");
        if (row.isEmpty("requested_by")) {
            tables.first("sys_user", "user_name", actor.userName())
                    .ifPresent(user -> row.set("requested_by", user.sysId()));
        }
        setActive(row);
    }

    /** A standard change brings what its template says, where nothing was sent (servicenow-rest §3.3). */
    private void applyTemplate(Row row) {
        Row blank = tables.blank(row.table());
        tables.find("std_change_producer_version", row.get("std_change_producer_version"))
                .flatMap(version -> tables.find("std_change_record_producer", version.get("std_change_producer")))
                .flatMap(producer -> tables.find("sys_template", producer.get("template")))
                .map(template -> template.get("template").split("\\^"))
                .ifPresent(entries -> Arrays.stream(entries)
                        .map(entry -> entry.split("=", 2))
                        .filter(entry -> entry.length == 2 && row.is(entry[0], blank.get(entry[0])))
                        .forEach(entry -> row.set(entry[0], entry[1])));
    }

    /** The model wins over the type; a type alone chooses the model of its name unless that is switched off. */
    private void chooseModel(Row row) {
        if (switches.isOn(Switch.TYPE_INCOMPATIBLE) && row.isEmpty("chg_model")) {
            row.set("type", "normal");
        }
        tables.find("chg_model", row.get("chg_model"))
                .ifPresentOrElse(model -> row.set("type", model.get("default_change_type")), () -> modelOfType(row));
    }

    private void modelOfType(Row row) {
        tables.first("chg_model", "default_change_type", row.get("type"))
                .ifPresent(model -> row.set("chg_model", model.sysId()));
    }

    @Override
    public void afterInsert(Row row) {
        flow.reached(ChangeState.of(row.get("state")), row);
    }

    @Override
    public void beforeUpdate(Update update) {
        if (!update.before().is("state", ChangeState.NEW.value())) {
            update.keep("type");
            update.keep("chg_model");
        }
        checkTransition(update);
        demand(update.after());
        setActive(update.after());
    }

    private void checkTransition(Update update) {
        boolean isRepeated = update.sent().contains("state") && switches.isOn(Switch.SAME_STATE_REFUSED);
        if (update.actor().isFlow() || !(update.changes("state") || isRepeated)) {
            return;
        }
        // tasks and approvals are judged as stored, hold and assignment group as they will be
        Row asked = update.after().copy().set("state", update.before().get("state"));
        boolean isAllowed = transitions.of(asked).stream()
                .filter(way -> way.to().value().equals(update.after().get("state")))
                .anyMatch(way -> !way.isAutomatic() && way.isAvailable());
        if (!isAllowed) {
            throw Refusal.byBusinessRule(
                    "change_request", "Change Model: Check State Transition", "b6dae9e15317101034d1ddeeff7b1278");
        }
    }

    private static void demand(Row after) {
        List<String> missing = new ArrayList<>();
        boolean isClosed = after.is("state", ChangeState.CLOSED.value());
        if (isClosed && after.isEmpty("close_code")) {
            missing.add("Close code");
        }
        if (isClosed && after.isEmpty("close_notes")) {
            missing.add("Close notes");
        }
        if (after.is("on_hold", "true") && after.isEmpty("on_hold_reason")) {
            missing.add("On hold reason");
        }
        if (!missing.isEmpty()) {
            throw Refusal.byDataPolicy(missing);
        }
    }

    private static void setActive(Row row) {
        boolean isFinished = ChangeState.of(row.get("state")).isFinished();
        row.set("active", String.valueOf(!isFinished));
    }

    @Override
    public void afterUpdate(Row before, Row now) {
        if (!before.is("state", now.get("state"))) {
            flow.reached(ChangeState.of(now.get("state")), now);
        }
        if (before.is("on_hold", "true") && !now.is("on_hold", "true")) {
            flow.released(now);
        }
    }
}
