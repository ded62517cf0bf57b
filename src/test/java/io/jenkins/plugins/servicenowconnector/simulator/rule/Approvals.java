package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.RejectionTrace;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;
import java.util.Map;

/** The approval rounds of a change: one member of the asked group is enough, either way. */
public final class Approvals {

    static final String CAB = "CAB Approval";

    private final Records records;
    private final Tables tables;
    private final Switches switches;

    Approvals(Records records, Switches switches) {
        this.records = records;
        this.switches = switches;
        tables = records.tables();
    }

    /** Asks the assignment group in Assess, the change advisory board in Authorize; a change that moved on nobody. */
    void ask(Row change, ChangeState round) {
        if (!change.is("state", round.value()) || !requested(change).isEmpty()) {
            return;
        }
        String group = groupOf(change, round);
        String asked = switches.isOn(Switch.GROUP_ASKED_BY_ROW) ? askedByRow(change, group) : group;
        tables.rows("sys_user_grmember").stream()
                .filter(member -> member.is("group", group))
                .forEach(member -> ask(change, asked, member.get("user")));
        records.update(change, Map.of("approval", "requested"), Actor.FLOW);
    }

    /** The row of sysapproval_group that stands between the group and its members. */
    private String askedByRow(Row change, String group) {
        tables.schema("sysapproval_approver").orElseThrow().with(Column.reference("group", "sysapproval_group"));
        Map<String, String> row = Map.of("parent", change.sysId(), "assignment_group", group);
        return records.insert("sysapproval_group", row, Actor.FLOW).sysId();
    }

    private String groupOf(Row change, ChangeState round) {
        String assigned = change.get("assignment_group");
        boolean isAssess = round == ChangeState.ASSESS
                && tables.first("sys_user_grmember", "group", assigned).isPresent();
        return isAssess
                ? assigned
                : tables.first("sys_user_group", "name", CAB).orElseThrow().sysId();
    }

    private void ask(Row change, String group, String user) {
        Map<String, String> row = Map.of(
                "sysapproval",
                change.sysId(),
                "document_id",
                change.sysId(),
                "source_table",
                change.table(),
                "approver",
                user,
                "group",
                group,
                "state",
                "requested");
        records.insert("sysapproval_approver", row, Actor.FLOW);
    }

    /** All approver rows of a change, oldest first. */
    public List<Row> of(Row change) {
        return tables.rows("sysapproval_approver").stream()
                .filter(row -> row.is("sysapproval", change.sysId()))
                .toList();
    }

    /** The approver rows of a change that wait for a decision. */
    public List<Row> requested(Row change) {
        return of(change).stream().filter(row -> row.is("state", "requested")).toList();
    }

    /** Draws the consequence of one decided row. */
    void decided(Row approverRow) {
        tables.find("change_request", approverRow.get("sysapproval")).ifPresent(change -> {
            if (approverRow.is("state", "approved")) {
                finishRound(change, "not_required");
                approved(change);
            } else if (approverRow.is("state", "rejected")) {
                finishRound(change, "cancelled");
                rejected(change);
            }
        });
    }

    private void approved(Row change) {
        // between the rounds the change reads "approved" until the next one is asked
        records.update(change, Map.of("approval", "approved"), Actor.FLOW);
        if (!change.is("on_hold", "true")) {
            advance(change);
        }
    }

    /** A change that was approved while on hold goes on once it is released. */
    void released(Row change) {
        ChangeState state = ChangeState.of(change.get("state"));
        boolean isApproved =
                change.is("approval", "approved") && requested(change).isEmpty();
        if (isApproved && (state == ChangeState.ASSESS || state == ChangeState.AUTHORIZE)) {
            advance(change);
        }
    }

    private void advance(Row change) {
        ChangeModel.of(change.get("type"))
                .after(ChangeState.of(change.get("state")))
                .ifPresent(next -> records.update(change, Map.of("state", next.value()), Actor.FLOW));
    }

    private void rejected(Row change) {
        RejectionTrace trace = switches.rejectionTrace();
        String approval = trace == RejectionTrace.NOT_REQUESTED ? "not requested" : "rejected";
        String state = trace == RejectionTrace.STATE_STAYS ? change.get("state") : ChangeState.NEW.value();
        records.update(change, Map.of("approval", approval, "state", state), Actor.FLOW);
    }

    /** The change was canceled or sent back: nobody needs to decide any more. */
    void withdraw(Row change) {
        if (!requested(change).isEmpty()) {
            finishRound(change, "cancelled");
        }
    }

    private void finishRound(Row change, String state) {
        requested(change).forEach(row -> records.update(row, Map.of("state", state), Actor.FLOW));
    }
}
