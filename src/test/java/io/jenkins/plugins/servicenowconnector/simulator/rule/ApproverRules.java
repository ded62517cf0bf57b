package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;

/** The rule of {@code sysapproval_approver}: a decision goes to its change. */
final class ApproverRules implements BusinessRule {

    private final Approvals approvals;

    ApproverRules(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public void afterUpdate(Row before, Row now) {
        if (before.is("state", "requested") && !now.is("state", "requested")) {
            approvals.decided(now);
        }
    }
}
