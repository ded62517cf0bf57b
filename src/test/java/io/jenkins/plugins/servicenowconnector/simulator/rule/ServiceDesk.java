package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Later;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people in front of the instance: what they decide about a change, by its number. */
public final class ServiceDesk {

    private final Records records;
    private final Tables tables;
    private final Approvals approvals;
    private final Later flow;

    private ServiceDesk(Records records, Approvals approvals, Later flow) {
        this.records = records;
        this.approvals = approvals;
        this.flow = flow;
        tables = records.tables();
    }

    /** Puts the rules of IT service management over the tables. */
    public static ServiceDesk over(Records records, Later flow, Switches switches) {
        Approvals approvals = new Approvals(records, switches);
        ChangeFlow changeFlow = new ChangeFlow(records, approvals, flow, switches);
        records.rule("change_request", new ChangeRules(records.tables(), switches, changeFlow));
        records.rule("change_task", new ChangeTaskRules(records, switches));
        records.rule("sysapproval_approver", new ApproverRules(approvals));
        records.rule("incident", new IncidentRules());
        records.rule("problem", new ProblemRules(switches));
        return new ServiceDesk(records, approvals, flow);
    }

    public Approvals approvals() {
        return approvals;
    }

    /** The task with that number. */
    public Row task(String number) {
        return tables.byNumber(number).orElseThrow(() -> new IllegalArgumentException("no task " + number));
    }

    /** Lets the first asked approver approve the present round; the next one is asked some time later. */
    public void approve(String number) {
        decide(number, "approved", "");
    }

    /** Approves round after round until nobody is left to ask. */
    public void approveAll(String number) {
        synchronized (tables) {
            do {
                approve(number);
                flow.hurry();
            } while (!approvals.requested(task(number)).isEmpty());
        }
    }

    /** Lets the first asked approver reject the change with a comment. */
    public void reject(String number, String comment) {
        decide(number, "rejected", comment);
    }

    private void decide(String number, String decision, String comment) {
        synchronized (tables) {
            // a test that decides at once need not wait for the rows
            flow.hurry();
            List<Row> asked = approvals.requested(task(number));
            if (asked.isEmpty()) {
                throw new IllegalStateException("nobody is asked to approve " + number);
            }
            Row row = asked.get(0);
            String user =
                    tables.find("sys_user", row.get("approver")).orElseThrow().get("user_name");
            records.update(row, Map.of("state", decision, "comments", comment), Actor.user(user));
        }
    }

    /** Puts the ticket on hold for a reason. */
    public void hold(String number, String reason) {
        change(number, Map.of("on_hold", "true", "on_hold_reason", reason));
    }

    /** Lets a held ticket go on. */
    public void unhold(String number) {
        change(number, Map.of("on_hold", "false", "on_hold_reason", ""));
    }

    /** Moves a change as its form would: by the transitions, with close code at the end. */
    public void move(String number, ChangeState state) {
        change(
                number,
                state == ChangeState.CLOSED
                        ? Map.of("state", "3", "close_code", "successful", "close_notes", "Done.")
                        : Map.of("state", state.value()));
    }

    /** Moves a change to a state past all rules, as an administrator can. */
    public void force(String number, ChangeState state) {
        records.update(task(number), Map.of("state", state.value()), Actor.FLOW);
    }

    /** Cancels a change. */
    public void cancel(String number) {
        move(number, ChangeState.CANCELED);
    }

    /** Lets the requester take a change back to New, which is no rejection. */
    public void revertToNew(String number) {
        move(number, ChangeState.NEW);
    }

    /** Writes any fields of a task as the person would who has it open. */
    public void change(String number, Map<String, String> values) {
        records.update(task(number), values, Actor.user("itil.agent"));
    }

    /** Where a person can move the change along its model now; empty while it waits for somebody else. */
    public Optional<ChangeState> next(Row change) {
        Optional<ChangeState> next = ChangeModel.of(change.get("type")).after(ChangeState.of(change.get("state")));
        return next.filter(state -> new Transitions(tables)
                .of(change).stream().anyMatch(way -> way.to() == state && !way.isAutomatic() && way.isAvailable()));
    }

    /** Moves a change to the next state of its model. */
    public void moveOn(String number) {
        Row change = task(number);
        ChangeModel.of(change.get("type"))
                .after(ChangeState.of(change.get("state")))
                .ifPresent(state -> move(number, state));
    }

    /** Asks for approval: from New to the first state of its model. */
    public void requestApproval(String number) {
        moveOn(number);
    }
}
