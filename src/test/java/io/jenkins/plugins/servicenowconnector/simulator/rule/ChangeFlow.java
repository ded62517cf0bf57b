package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Later;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;
import java.util.Map;

/** What the instance does by itself some time after a change has reached a state. */
final class ChangeFlow {

    private final Records records;
    private final Tables tables;
    private final Approvals approvals;
    private final Later later;
    private final Switches switches;

    ChangeFlow(Records records, Approvals approvals, Later later, Switches switches) {
        this.records = records;
        this.approvals = approvals;
        this.later = later;
        this.switches = switches;
        tables = records.tables();
    }

    void reached(ChangeState state, Row change) {
        switch (state) {
            case ASSESS, AUTHORIZE -> submitted(state, change);
            case IMPLEMENT -> later.after(switches.taskDelay(), () -> createTasks(change));
            case NEW -> sentBack(change);
            case CANCELED -> canceled(change);
            default -> {
                // nothing follows from Scheduled, Review or Closed
            }
        }
    }

    void released(Row change) {
        approvals.released(change);
    }

    private void submitted(ChangeState round, Row change) {
        if (change.is("approval", "rejected")) {
            records.update(change, Map.of("approval", "not requested"), Actor.FLOW);
        }
        later.after(switches.approvalDelay(), () -> approvals.ask(change, round));
    }

    /** "Revert to New" asks again from the start, so what was requested no longer is; a rejection stays visible. */
    private void sentBack(Row change) {
        boolean isReverted = change.is("approval", "requested")
                || change.is("approval", "approved") && !approvals.of(change).isEmpty();
        approvals.withdraw(change);
        if (isReverted) {
            records.update(change, Map.of("approval", "not requested"), Actor.FLOW);
        }
    }

    private void canceled(Row change) {
        approvals.withdraw(change);
        openTasks(change).forEach(task -> records.update(task, Map.of("state", "4"), Actor.FLOW));
    }

    private List<Row> openTasks(Row change) {
        return tables.rows("change_task").stream()
                .filter(task -> task.is("change_request", change.sysId()) && task.is("active", "true"))
                .toList();
    }

    private void createTasks(Row change) {
        boolean isThere = tables.find("change_request", change.sysId()).isPresent();
        if (isThere && change.is("state", ChangeState.IMPLEMENT.value())) {
            createTask(change, "Implement", "implementation");
            createTask(change, "Post implementation testing", "testing");
        }
    }

    private void createTask(Row change, String shortDescription, String type) {
        Map<String, String> task = Map.of(
                "change_request",
                change.sysId(),
                "parent",
                change.sysId(),
                "short_description",
                shortDescription,
                "change_task_type",
                type,
                "assignment_group",
                change.get("assignment_group"),
                "state",
                "1");
        records.insert("change_task", task, Actor.FLOW);
    }
}
