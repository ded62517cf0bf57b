package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Failed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default for a change request in words and over several looks; every single state is {@link ChangeRequestTableTest}'s. */
class ChangeRequestDefaultTest {

    private static final Instant NOW = Instant.parse("2026-06-01T11:00:00Z");

    private Memory memory = Memory.NONE;
    private Judgement last;

    private Decision look(Tickets ticket) throws Exception {
        return look(Terms.of("change_request"), ticket, false);
    }

    private Decision look(Terms.Builder terms, Tickets ticket, boolean approverRejected) throws Exception {
        last = terms.build().judge(new Look(ticket.read(), NOW, false, approverRejected), memory);
        memory = last.memory();
        return last.decision();
    }

    private static Tickets sentBack() {
        return Tickets.change().state("-5");
    }

    private static Look seen(Tickets ticket) throws Exception {
        return new Look(ticket.read(), NOW, false, false);
    }

    private static String reasons(Decision decision) {
        assertThat(decision).isInstanceOf(Waiting.class);
        return String.join("\n", ((Waiting) decision).reasons());
    }

    @Test
    void approvedScheduledChangeIsApproved() throws Exception {
        assertThat(look(Tickets.approvedChange()))
                .isEqualTo(new Ended(Outcome.APPROVED, "CHG0030001 meets the approval criteria"));
    }

    @Test
    void valuesCountNeverLabels() throws Exception {
        assertThat(look(Tickets.approvedChange()
                        .with("state", "-2", "Geplant")
                        .with("approval", "approved", "Genehmigt")
                        .with("active", "true", "wahr")))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(look(Tickets.change().with("state", "20", "Scheduled").with("approval", "x", "approved")))
                .isInstanceOf(Waiting.class);
        assertThat(look(Tickets.change().with("approval", "x", "rejected"))).isInstanceOf(Waiting.class);
    }

    @Test
    void insideStartAndEndDateWhereTheyAreFilled() throws Exception {
        assertThat(look(Tickets.approvedChange().with("end_date", "2026-06-01 12:00:00")))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(look(Tickets.approvedChange().with("end_date", "2026-06-01 10:00:00")))
                .extracting("outcome")
                .isEqualTo(Outcome.WINDOW_MISSED);
        assertThat(look(Tickets.approvedChange().with("start_date", "2026-06-01 12:00:00")))
                .isInstanceOf(Decision.WaitingForWindow.class);
        assertThat(look(Tickets.approvedChange().with("start_date", "soon"))).isInstanceOf(Failed.class);
    }

    @Test
    void changeWindowOfKindNoneTurnsThatOff() throws Exception {
        Terms.Builder terms = Terms.of("change_request")
                .window(ChangeWindow.parse("changeWindow", "change_request", null, null, "none"));

        assertThat(look(terms, Tickets.approvedChange().with("end_date", "2026-06-01 10:00:00"), false))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(last.window()).isEmpty();
    }

    @Test
    void aPlannedWindowThatIsAskedForMustBeFilled() throws Exception {
        Terms.Builder terms = Terms.of("change_request")
                .window(ChangeWindow.parse("changeWindow", "change_request", null, null, "planned"));

        assertThat(look(terms, Tickets.approvedChange(), false)).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "-4", "-3", "-2", "-1", "0", "3", "4", "7"})
    void approvalRejectedIsRejectedInAnyState(String state) throws Exception {
        assertThat(look(Tickets.change().state(state).with("approval", "rejected", "Rejected")))
                .isEqualTo(new Ended(Outcome.REJECTED, "CHG0030001 was rejected: approval is rejected (Rejected)"));
    }

    @Test
    void state4IsRejected() throws Exception {
        assertThat(look(Tickets.approvedChange().state("4").with("active", "false")))
                .isEqualTo(new Ended(Outcome.REJECTED, "CHG0030001 was canceled: state is 4 (Canceled)"));
    }

    @ParameterizedTest
    @CsvSource({"0, true, is already done", "3, false, is already done", "-2, false, is no longer active"})
    void aFinishedChangeAuthorisesNothing(String state, String active, String words) throws Exception {
        Decision decision = look(Tickets.approvedChange().state(state).with("active", active));

        assertThat(decision).extracting("outcome").isEqualTo(Outcome.FINISHED);
        assertThat(((Ended) decision).reason()).startsWith("CHG0030001 " + words);
    }

    @Test
    void backInNewWithAnApproverRowRejectedSinceIsRejected() throws Exception {
        look(Tickets.change().state("-4"));

        assertThat(look(
                        Terms.of("change_request"),
                        Tickets.change().state("-5").with("approval", "not requested"),
                        true))
                .isEqualTo(new Ended(
                        Outcome.REJECTED, "CHG0030001 was rejected by an approver, which sent it back to New"));
    }

    @Test
    void approverRowsAreAskedForOnlyWhenSentBack() throws Exception {
        Terms terms = Terms.of("change_request").build();
        assertThat(terms.asksApprovers(seen(Tickets.change().state("-5")), memory))
                .isFalse();

        look(Tickets.change().state("-4"));

        assertThat(memory.beyondNewSince()).isEqualTo(NOW.toEpochMilli());
        assertThat(terms.asksApprovers(seen(Tickets.change().state("-4")), memory))
                .isFalse();
        assertThat(terms.asksApprovers(seen(Tickets.change().state("-5")), memory))
                .isTrue();
    }

    @Test
    void nobodyAsksTheApproversAboutWhatIsDecidedWithoutThem() throws Exception {
        Terms terms = Terms.of("change_request").build();
        Terms guarded = Terms.of("change_request")
                .mustMatch(Criteria.of(
                        "mustMatch", "all", List.of(Condition.parse("mustMatch", "type", "=", "normal")), null))
                .build();
        look(Tickets.change().state("-4"));

        assertThat(terms.asksApprovers(seen(sentBack().with("approval", "rejected")), memory))
                .isFalse();
        assertThat(guarded.asksApprovers(seen(sentBack().with("type", "emergency")), memory))
                .isFalse();
        assertThat(guarded.asksApprovers(seen(sentBack()), memory))
                .as("the field that must match is missing, so that the look fails")
                .isFalse();
        assertThat(guarded.asksApprovers(seen(sentBack().with("type", "normal")), memory))
                .isTrue();
    }

    @Test
    void aChangeThatThisWaitNeverSawFurtherWasNotSentBack() throws Exception {
        assertThat(reasons(look(Terms.of("change_request"), Tickets.change().state("-5"), true)))
                .contains("still in New");
    }

    @Test
    void backInNewWithoutOneIsLoggedOnce() throws Exception {
        String told = "CHG0030001 was sent back to New, waiting for it to be submitted again";
        look(Tickets.change().state("-3"));

        assertThat(reasons(look(Tickets.change().state("-5")))).contains("sent back to New");
        assertThat(last.notes()).containsExactly(told);
        assertThat(look(Tickets.change().state("-5"))).isInstanceOf(Waiting.class);
        assertThat(last.notes()).isEmpty();
        look(Tickets.change().state("-4"));
        assertThat(memory.furthest()).isEqualTo("-3");
        look(Tickets.change().state("-5"));
        assertThat(last.notes()).as("sent back once more").containsExactly(told);
        assertThat(look(Tickets.approvedChange())).extracting("outcome").isEqualTo(Outcome.APPROVED);
    }

    @Test
    void onSentBackReject() throws Exception {
        Terms.Builder strict = Terms.of("change_request").onSentBack(OnSentBack.REJECT);
        look(Tickets.change().state("-4"));

        assertThat(look(strict, Tickets.change().state("-5"), false))
                .isEqualTo(new Ended(Outcome.REJECTED, "CHG0030001 was sent back to New"));
        assertThat(strict.build().asksApprovers(seen(Tickets.change().state("-5")), memory))
                .isFalse();
    }

    @Test
    void stillInNewSaysThatNobodyHasBeenAsked() throws Exception {
        assertThat(reasons(look(Tickets.change().state("-5").with("approval", "not requested", "Not Yet Requested"))))
                .isEqualTo("approval is not requested (Not Yet Requested), not approved\n"
                        + "state is -5 (New): still in New, nobody has been asked for approval yet");
    }

    @Test
    void aStandardChangeInNewIsBornApprovedButStillInNew() throws Exception {
        assertThat(reasons(look(Tickets.approvedChange().state("-5"))))
                .isEqualTo("state is -5 (New): still in New, nobody has been asked for approval yet");
    }

    @Test
    void heldNamesTheReason() throws Exception {
        Tickets held = Tickets.approvedChange().with("on_hold", "true");

        assertThat(reasons(look(held.with("on_hold_reason", "waiting\nfor parts"))))
                .isEqualTo("on hold: waiting for parts");
        assertThat(reasons(look(held.with("on_hold_reason", "")))).isEqualTo("on hold: no reason is given");
        assertThat(reasons(look(held.without("on_hold_reason")))).isEqualTo("on hold: no reason is given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "-1"})
    void scheduledWithApprovalNotRequestedSaysThatNobodyIsAskedInThisModel(String state) throws Exception {
        assertThat(reasons(look(Tickets.change().state(state).with("approval", "not requested"))))
                .isEqualTo("approval is not requested: nobody is asked in this model, give criteria");
    }

    @Test
    void approvedInAssessIsOnlyTheFirstRound() throws Exception {
        assertThat(reasons(look(Tickets.approvedChange().state("-4"))))
                .isEqualTo("state is -4 (Assess): neither Scheduled nor Implement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "approval", "active", "on_hold", "start_date"})
    void aFieldMissingInTheAnswerIsALastingFailure(String field) throws Exception {
        assertThat(look(Tickets.approvedChange().without(field))).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.error()).hasMessageContaining("names the field " + field + ",");
            assertThat(failed.error().isPassing()).isFalse();
        });
    }

    @Test
    void ownStatesAreRememberedAsFurther() throws Exception {
        look(Tickets.change().state("7"));
        look(Tickets.change().with("state", "u_own"));

        assertThat(memory.furthest()).isEqualTo("7");
        assertThat(reasons(look(Tickets.change().state("-5")))).contains("sent back to New");
    }

    @Test
    void fieldsToAskForAreAllThatTheDefaultLooksAt() throws Exception {
        assertThat(Terms.of("change_request").build().fields())
                .containsExactlyInAnyOrderElementsOf(
                        List.of("state", "approval", "active", "on_hold", "on_hold_reason", "start_date", "end_date"));
    }
}
