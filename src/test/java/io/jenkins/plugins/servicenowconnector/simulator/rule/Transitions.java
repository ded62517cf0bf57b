package io.jenkins.plugins.servicenowconnector.simulator.rule;

import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.ASSESS;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.AUTHORIZE;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.CANCELED;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.CLOSED;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.IMPLEMENT;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.NEW;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ways out of a change's present state, after its model. */
public final class Transitions {

    private final Tables tables;

    public Transitions(Tables tables) {
        this.tables = tables;
    }

    /** Every transition from the state the change is in, available now or not. */
    public List<Transition> of(Row change) {
        ChangeState from = ChangeState.of(change.get("state"));
        ChangeModel model = ChangeModel.of(change.get("type"));
        List<Transition> found = new ArrayList<>();
        model.after(from).ifPresent(to -> forward(change, from, to, found));
        if (model.isRevertible(from)) {
            found.add(new Transition(from, NEW, false, Map.of("Not On hold", isNotOnHold(change))));
        }
        if (from.isCancelable()) {
            found.add(new Transition(from, CANCELED, false, Map.of()));
        }
        return found;
    }

    private void forward(Row change, ChangeState from, ChangeState to, List<Transition> found) {
        boolean byApproval = from == ASSESS || from == AUTHORIZE;
        if (from == IMPLEMENT) {
            found.add(new Transition(from, to, true, Map.of("No active Change Tasks", hasNoOpenTask(change))));
        }
        Map<String, Boolean> conditions = new LinkedHashMap<>();
        conditions.put("Not On hold", isNotOnHold(change));
        if (from == NEW) {
            conditions.put("Assignment group is filled", !change.isEmpty("assignment_group"));
        }
        if (byApproval) {
            conditions.put("Approved", change.is("approval", "approved"));
        }
        if (to == CLOSED) {
            conditions.put("No active Change Tasks", hasNoOpenTask(change));
        }
        found.add(new Transition(from, to, byApproval, conditions));
    }

    private static boolean isNotOnHold(Row change) {
        return !change.is("on_hold", "true");
    }

    boolean hasNoOpenTask(Row change) {
        return tables.rows("change_task").stream()
                .filter(task -> task.is("change_request", change.sysId()))
                .noneMatch(task -> task.is("active", "true"));
    }
}
