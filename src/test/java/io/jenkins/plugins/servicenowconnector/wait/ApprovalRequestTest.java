package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnConflict;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import org.junit.jupiter.api.Test;

class ApprovalRequestTest {

    @Test
    void defaultsCountWhereTheStepGivesNothing() throws Exception {
        Terms terms = request(null, null).terms(defaults(false));

        assertThat(terms.describe())
                .contains(
                        "must match: ticket.cmdb_ci.value == \"a\"",
                        "approved when: ticket.state.value == \"1\"",
                        "rejected when: ticket.state.value == \"2\"",
                        "change window: from start_date");
    }

    @Test
    void stepReplacesThePartsThatItGives() throws Exception {
        Terms terms = request(criteria("ticket.active.value == \"true\""), null).terms(defaults(false));

        assertThat(terms.describe())
                .contains(
                        "approved when: ticket.active.value == \"true\"", "rejected when: ticket.state.value == \"2\"")
                .doesNotContain("approved when: ticket.state.value == \"1\"");
    }

    @Test
    void enforcedDefaultsHoldInAdditionAndCannotBeOutvoted() throws Exception {
        Terms terms =
                request(criteria("ticket.active.value == \"true\""), "approve").terms(defaults(true));

        assertThat(terms.describe())
                .contains(
                        "approved when: ticket.active.value == \"true\"",
                        "approved when: ticket.state.value == \"1\"",
                        "must match: ticket.cmdb_ci.value == \"a\"");
        assertThat(terms.onConflict()).isEqualTo(OnConflict.REJECT);
    }

    private static ApprovalRequest request(ApprovalCriteria approval, String onConflict) {
        return new ApprovalRequest("incident", "INC0010001", null, approval, null, null, null, onConflict, null, null);
    }

    private static ApprovalDefaults defaults(boolean enforced) {
        ApprovalDefaults defaults = new ApprovalDefaults("incident");
        defaults.setMustMatch(criteria("ticket.cmdb_ci.value == \"a\""));
        defaults.setApprovalCriteria(criteria("ticket.state.value == \"1\""));
        defaults.setRejectionCriteria(criteria("ticket.state.value == \"2\""));
        ApprovalWindow window = new ApprovalWindow();
        window.setStart("start_date");
        defaults.setChangeWindow(window);
        defaults.setEnforced(enforced);
        return defaults;
    }

    private static ApprovalCriteria criteria(String expression) {
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setExpression(expression);
        return criteria;
    }
}
