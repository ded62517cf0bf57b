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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private boolean rejectedSince(String sysId, Instant since) throws Exception {
        return approvers.answers(List.of(sysId), Set.of()).get(sysId).rejectedSince(since);
    }

    @Test
    void rejectionSinceAMomentIsSeen() throws Exception {
        Ticket change = submitted();
        SIMULATOR.switches().rejectionTrace(RejectionTrace.NOT_REQUESTED);
        SIMULATOR.desk().reject(change.number(), "not today");

        assertThat(rejectedSince(change.sysId(), secondsFromNow(-5))).isTrue();
        assertThat(rejectedSince(change.sysId(), secondsFromNow(5))).isFalse();
    }

    @Test
    void momentIsOfTheInstancesClock() throws Exception {
        SIMULATOR.clock().offset(Duration.ofDays(-400));
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "not today");

        assertThat(rejectedSince(change.sysId(), secondsFromNow(-5))).isTrue();
    }

    @Test
    void takingAChangeBackIsNoRejection() throws Exception {
        Ticket change = submitted();
        SIMULATOR.settle();
        SIMULATOR.desk().revertToNew(change.number());

        assertThat(rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void rejectionOfAnotherChangeDoesNotCount() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(submitted().number(), "not today");

        assertThat(rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
    }

    @Test
    void approverRowsThatMayNotBeReadShowNoRejection() throws Exception {
        Ticket change = submitted();
        SIMULATOR.desk().reject(change.number(), "not today");
        SIMULATOR.switches().unreadable("sysapproval_approver");

        assertThat(rejectedSince(change.sysId(), secondsFromNow(-5))).isFalse();
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

    @Test
    void manyTicketsAreAskedForWithOneRequestAndOneMoreTellsNobodyFromHidden() throws Exception {
        Ticket approved = submitted();
        Ticket rejected = submitted();
        Ticket open = submitted();
        SIMULATOR.desk().approve(approved.number());
        SIMULATOR.desk().reject(rejected.number(), "not today");
        List<String> all = List.of(approved.sysId(), rejected.sysId(), open.sysId());
        long before = SIMULATOR.requestCount();

        Map<String, Answers> answers = approvers.answers(all, Set.of());

        assertThat(SIMULATOR.requestCount()).isEqualTo(before + 1);
        assertThat(answers).containsOnlyKeys(all);
        assertThat(answers.get(approved.sysId()).seen())
                .extracting(Approver::state)
                .containsExactly("approved");
        assertThat(answers.get(rejected.sysId()).rejectedSince(secondsFromNow(-5)))
                .isTrue();
        assertThat(answers.get(open.sysId()).decided()).isEmpty();

        assertThat(approvers.answers(all, all)).isEqualTo(answers);
        assertThat(SIMULATOR.requestCount()).isEqualTo(before + 3);
    }

    @Test
    void whereSomeAreHiddenNobodyCountsAsUnasked() throws Exception {
        Ticket approved = submitted();
        Ticket open = submitted();
        SIMULATOR.desk().approve(approved.number());
        SIMULATOR.switches().unreadable("sysapproval_approver");
        List<String> all = List.of(approved.sysId(), open.sysId());

        assertThat(approvers.answers(all, all).values())
                .allSatisfy(each -> assertThat(each.hidden().kind()).isEqualTo(Kind.FORBIDDEN));
        assertThat(approvers.answers(all, Set.of()).values())
                .as("where that need not be known it is not asked")
                .allSatisfy(each -> assertThat(each.decided()).isEmpty());
    }

    @Test
    void addressThatIsTooLongForTheInstanceIsHalved() throws Exception {
        List<Ticket> changes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            changes.add(submitted());
        }
        SIMULATOR.desk().approve(changes.get(7).number());
        SIMULATOR.switches().urlLimit(550);

        Map<String, Answers> answers =
                approvers.answers(changes.stream().map(Ticket::sysId).toList(), Set.of());

        assertThat(answers).hasSize(8);
        assertThat(answers.get(changes.get(7).sysId()).seen()).hasSize(1);
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
