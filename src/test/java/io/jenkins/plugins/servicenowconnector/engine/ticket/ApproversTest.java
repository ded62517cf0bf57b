package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.RejectionTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApproversTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Instance instance = SimulatedInstance.of(SIMULATOR);
    private final Approvers approvers = new Approvers(instance);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Ticket submitted() throws Exception {
        NewTicket order = NewTicket.of("change_request", "Deploy", null, null, Map.of("assignment_group", "Network"));
        Ticket created = SingleSend.create(instance, order, "jenkins-1").ticket();
        return new Submission(instance).requestApproval(created);
    }

    private static Instant secondsFromNow(int seconds) {
        return SIMULATOR.clock().now().plusSeconds(seconds);
    }

    @Test
    void rejectionSinceAMomentIsSeen() throws Exception {
        Ticket change = submitted();
        SIMULATOR.switches().rejectionTrace(RejectionTrace.NOT_REQUESTED);
        SIMULATOR.desk().reject(change.number(), "not today");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isTrue();
        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(5))).isFalse();
    }

    @Test
    void momentIsOfTheInstancesClock() throws Exception {
        SIMULATOR.clock().offset(Duration.ofDays(-400));
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "not today");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isTrue();
    }

    @Test
    void takingAChangeBackIsNoRejection() throws Exception {
        Ticket change = submitted();
        SIMULATOR.settle();
        SIMULATOR.desk().revertToNew(change.number());

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void rejectionOfAnotherChangeDoesNotCount() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(submitted().number(), "not today");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void approverRowsThatMayNotBeReadShowNoRejection() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "not today");
        SIMULATOR.switches().unreadable("sysapproval_approver");

        assertThat(approvers.rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void whoDecidedIsReadWithAllThatALogSays() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "too risky\non a Friday");

        List<Approver> decided = approvers.decided(change.sysId());

        assertThat(decided).hasSize(1);
        Approver beth = decided.get(0);
        assertThat(beth.asMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "name", "Beth Anglin",
                        "userName", "beth.anglin",
                        "email", "beth.anglin@example.com",
                        "group", "Network",
                        "state", "rejected",
                        "time", beth.time(),
                        "comments", beth.comments()))
                .isInstanceOf(LinkedHashMap.class);
        assertThat(beth.givenBy()).isEqualTo("beth.anglin");
        assertThat(beth.comments()).endsWith("too risky\non a Friday");
        assertThat(beth.toString())
                .matches("Beth Anglin \\(beth\\.anglin, beth\\.anglin@example\\.com\\) for Network: rejected at"
                        + " \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC, saying \".*too risky on a Friday\"");
    }

    @Test
    void allRoundsAreThereInTheirOrderWithoutThoseWhoWereOnlyAsked() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().approveAll(change.number());

        assertThat(approvers.decided(change.sysId()))
                .extracting(Approver::name, Approver::group, Approver::state)
                .containsExactly(
                        tuple("Beth Anglin", "Network", "approved"), tuple("Abel Tuter", "CAB Approval", "approved"));
    }

    // servicenow-rest §5.5 [?]: what an approver's group refers to
    @Test
    void groupIsNamedWhereItIsAskedByARowOfItsOwn_unproven() throws Exception {
        SIMULATOR.switches().on(Switch.GROUP_ASKED_BY_ROW);
        Ticket change = submitted();
        SIMULATOR.desk().approve(change.number());

        assertThat(approvers.decided(change.sysId()))
                .extracting(Approver::group)
                .containsExactly("Network");
    }

    @Test
    void nobodyIsToldApartFromNobodyWhoMayBeSeen() throws Exception {
        Ticket change = submitted();
        assertThat(approvers.decided(change.sysId())).isEmpty();
        SIMULATOR.desk().approve(change.number());
        SIMULATOR.switches().unreadable("sysapproval_approver");

        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() -> approvers.decided(change.sysId()))
                .withMessageStartingWith(
                        "Who decided may not be read: the account needs the right to read" + " sysapproval_approver")
                .matches(failure -> failure.kind() == Kind.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysapproval", "state"})
    void rowsThatDoNotSayWhatTheyAreOfCountAsUnreadable(String field) throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().approve(change.number());
        SIMULATOR.switches().unreadable("sysapproval_approver." + field);

        assertThatExceptionOfType(ServiceNowException.class)
                .isThrownBy(() -> approvers.decided(change.sysId()))
                .matches(failure -> failure.kind() == Kind.FORBIDDEN);
    }

    @Test
    void personWhoseRowMayNotBeReadStillHasTheNameThatTheReferenceShows() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().approve(change.number());
        List.of("name", "user_name", "email")
                .forEach(field -> SIMULATOR.switches().unreadable("sys_user." + field));

        Approver beth = approvers.decided(change.sysId()).get(0);

        assertThat(beth.toString()).startsWith("Beth Anglin for Network: approved at ");
        assertThat(beth.isUnknown()).isTrue();
    }

    @Test
    void longCommentsAreCut() {
        Approver talkative = new Approver("A", "a", "", "", "approved", "2026-05-11 09:14:02", "a", "x".repeat(1_001));

        assertThat(talkative.comments()).hasSize(1_001).endsWith("…");
    }
}
