package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.RejectionTrace;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked when, with what a decision leaves, after servicenow-rest §5.1, §5.5, §14. */
class ApprovalTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.switches().approvalDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Row submitted(String type) throws Exception {
        Response created =
                caller.post("change_request", "{\"type\":\"" + type + "\",\"assignment_group\":\"Network\"}");
        SIMULATOR.desk().requestApproval(created.field("number"));
        return SIMULATOR.desk().task(created.field("number"));
    }

    private static List<String> states(Row change) {
        return SIMULATOR.desk().approvals().of(change).stream()
                .map(row -> row.get("state"))
                .toList();
    }

    private static String trace(Row change) {
        return change.get("state") + " " + change.get("approval");
    }

    @Test
    void normalChangeNeedsTheGroupThenTheBoard() throws Exception {
        Row change = submitted("normal");
        assertThat(trace(change)).isEqualTo("-4 requested");
        assertThat(caller.query("sysapproval_approver", "sysapproval=" + change.sysId(), "sysparm_fields=approver.name")
                        .column("approver.name"))
                .containsExactly("Beth Anglin", "David Loo");

        SIMULATOR.desk().approve(change.number());
        assertThat(trace(change)).isEqualTo("-3 requested");
        assertThat(states(change)).containsExactly("approved", "not_required", "requested", "requested");

        SIMULATOR.desk().approve(change.number());
        assertThat(trace(change)).isEqualTo("-2 approved");
    }

    @Test
    void emergencyChangeNeedsOneRound() throws Exception {
        Row change = submitted("emergency");
        assertThat(trace(change)).isEqualTo("-3 requested");

        SIMULATOR.desk().approve(change.number());

        assertThat(trace(change)).isEqualTo("-2 approved");
    }

    @Test
    void standardChangeAsksNobody() throws Exception {
        Row change = submitted("standard");

        assertThat(trace(change)).isEqualTo("-2 approved");
        assertThat(states(change)).isEmpty();
    }

    @Test
    void allRoundsInOneGo() throws Exception {
        SIMULATOR.switches().approvalDelay(Duration.ofMinutes(1));
        Row change = submitted("normal");

        SIMULATOR.desk().approveAll(change.number());

        assertThat(trace(change)).isEqualTo("-2 approved");
    }

    // servicenow-rest §13 no. 12 [?]: how long after the state change
    @Test
    void approverRowsAppearSomeTimeAfterTheStateChange_unproven() throws Exception {
        SIMULATOR.switches().approvalDelay(Duration.ofHours(1));
        Row change = submitted("normal");
        assertThat(trace(change)).isEqualTo("-4 not requested");
        SIMULATOR.settle();
        assertThat(trace(change)).isEqualTo("-4 requested");
        assertThat(states(change)).containsExactly("requested", "requested");

        SIMULATOR.switches().approvalDelay(Duration.ofMillis(20));
        Row byItself = submitted("normal");
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> byItself.is("approval", "requested"));
    }

    @Test
    void betweenTheRoundsTheChangeReadsApproved() throws Exception {
        SIMULATOR.switches().approvalDelay(Duration.ofMinutes(1));
        Row change = submitted("normal");

        SIMULATOR.desk().approve(change.number());

        assertThat(trace(change)).isEqualTo("-3 approved");
    }

    @Test
    void approverDecidesOverRestNobodyElseMay() throws Exception {
        Row change = submitted("emergency");
        String row = SIMULATOR.desk().approvals().requested(change).get(0).sysId();

        Response refused = caller.patch("sysapproval_approver", row, "{\"state\":\"approved\"}");
        assertThat(refused.detail()).isEqualTo("ACL Exception Update Failed due to security constraints");

        SIMULATOR.accounts().add("abel.tuter", "pw", Role.ITIL);
        Caller abel = Caller.as(SIMULATOR, "abel.tuter", "pw");
        assertThat(abel.patch("sysapproval_approver", row, "{\"state\":\"approved\",\"comments\":\"fine\"}")
                        .status())
                .isEqualTo(200);
        assertThat(trace(change)).isEqualTo("-2 approved");
    }

    // servicenow-rest §8 [?]: what approval_admin may
    @Test
    void approvalAdminDecidesForOthers_unproven() throws Exception {
        Row change = submitted("emergency");
        String row = SIMULATOR.desk().approvals().requested(change).get(1).sysId();
        SIMULATOR.accounts().add("boss", "pw", Role.READ_ONLY, Role.APPROVAL_ADMIN);

        Caller.as(SIMULATOR, "boss", "pw").patch("sysapproval_approver", row, "{\"state\":\"rejected\"}");

        assertThat(trace(change)).isEqualTo("-5 rejected");
    }

    @Test
    void approvalItselfIsNotForClientsToWrite() throws Exception {
        Row change = submitted("normal");

        Response patched = caller.patch("change_request", change.sysId(), "{\"approval\":\"approved\"}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.field("approval")).isEqualTo("requested");
    }

    @Test
    void rejectionGoesBackToNew() throws Exception {
        Row change = submitted("normal");
        SIMULATOR.desk().approve(change.number());

        SIMULATOR.desk().reject(change.number(), "too risky");

        assertThat(trace(change)).isEqualTo("-5 rejected");
        assertThat(states(change)).containsExactly("approved", "not_required", "rejected", "cancelled");
        assertThat(caller.query("sysapproval_approver", "state=rejected", "sysparm_display_value=true")
                        .column("comments")
                        .get(0))
                .contains("Abel Tuter")
                .contains("too risky");
    }

    @Test
    void rejectionCanLeaveTheState() throws Exception {
        SIMULATOR.switches().rejectionTrace(RejectionTrace.STATE_STAYS);
        Row change = submitted("emergency");

        SIMULATOR.desk().reject(change.number(), "no");

        assertThat(trace(change)).isEqualTo("-3 rejected");
    }

    @Test
    void rejectionCanLeaveNotRequested() throws Exception {
        SIMULATOR.switches().rejectionTrace(RejectionTrace.NOT_REQUESTED);
        Row change = submitted("normal");

        SIMULATOR.desk().reject(change.number(), "no");

        assertThat(trace(change)).isEqualTo("-5 not requested");
        assertThat(states(change)).contains("rejected");
    }

    @Test
    void rejectedChangeCanBeSubmittedAgain() throws Exception {
        Row change = submitted("normal");
        SIMULATOR.desk().reject(change.number(), "no");

        SIMULATOR.desk().requestApproval(change.number());

        assertThat(trace(change)).isEqualTo("-4 requested");
        SIMULATOR.desk().approveAll(change.number());
        assertThat(trace(change)).isEqualTo("-2 approved");
    }

    @Test
    void revertToNewCancelsTheRequestsAndIsNoRejection() throws Exception {
        Row change = submitted("normal");

        SIMULATOR.desk().revertToNew(change.number());

        assertThat(trace(change)).isEqualTo("-5 not requested");
        assertThat(states(change)).containsExactly("cancelled", "cancelled");
    }

    @Test
    void cancelWithdrawsTheRequests() throws Exception {
        Row change = submitted("normal");

        SIMULATOR.desk().cancel(change.number());

        assertThat(change.get("active")).isEqualTo("false");
        assertThat(states(change)).containsExactly("cancelled", "cancelled");
    }

    @Test
    void heldChangeReadsApprovedAndMovesOnWhenReleased() throws Exception {
        Row change = submitted("emergency");
        SIMULATOR.desk().hold(change.number(), "freeze");

        SIMULATOR.desk().approve(change.number());
        assertThat(trace(change)).isEqualTo("-3 approved");

        SIMULATOR.desk().unhold(change.number());
        assertThat(trace(change)).isEqualTo("-2 approved");
    }

    @Test
    void nobodyCanApproveWhatNobodyIsAsked() throws Exception {
        caller.post("change_request", "{}");

        assertThatThrownBy(() -> SIMULATOR.desk().approve("CHG0030001"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("nobody is asked to approve CHG0030001");
    }

    @Test
    void lateRowsDoNotAppearOnAChangeThatMovedOn() throws Exception {
        SIMULATOR.switches().approvalDelay(Duration.ofMinutes(1));
        Row change = submitted("normal");
        SIMULATOR.desk().move(change.number(), ChangeState.CANCELED);

        SIMULATOR.settle();

        assertThat(states(change)).isEmpty();
    }
}
