package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Failed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.WaitingForWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One look with given criteria; the default for a change request is {@link ChangeRequestDefaultTest}'s. */
class DecisionTest {

    private static final Instant BEFORE = Instant.parse("2026-06-01T09:00:00Z");
    private static final Instant INSIDE = Instant.parse("2026-06-01T11:00:00Z");
    private static final Instant AFTER = Instant.parse("2026-06-01T13:00:00Z");

    private final Tickets ticket = Tickets.of("u_release")
            .with("u_ok", "yes")
            .with("u_bad", "no")
            .with("cmdb_ci.name", "payments-prod")
            .with("u_start", "2026-06-01 10:00:00")
            .with("u_end", "2026-06-01 12:00:00");

    private static Criteria when(String parameter, String field, String value) throws Exception {
        return Criteria.parse(parameter, null, List.of(Map.of("field", field, "value", value)), null);
    }

    private static Terms.Builder terms() throws Exception {
        return Terms.of("u_release")
                .mustMatch(when("mustMatch", "cmdb_ci.name", "payments-prod"))
                .approval(when("approvalCriteria", "u_ok", "yes"))
                .rejection(when("rejectionCriteria", "u_bad", "yes"));
    }

    private static Terms.Builder withWindow() throws Exception {
        return terms().window(ChangeWindow.parse("changeWindow", "u_release", "u_start", "u_end", null));
    }

    private Decision at(Terms.Builder terms, Instant now) throws Exception {
        return terms.build()
                .judge(new Look(ticket.read(), now, false, false), Memory.NONE)
                .decision();
    }

    private Decision atDeadline(Terms.Builder terms, Instant now) throws Exception {
        return terms.build()
                .judge(new Look(ticket.read(), now, true, false), Memory.NONE)
                .decision();
    }

    private static Ended ended(Outcome outcome, String reason) {
        return new Ended(outcome, reason);
    }

    @Test
    void theOutcomesWordsAreFixed() {
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::toString))
                .containsExactly("approved", "rejected", "finished", "expired", "window missed", "wrong ticket");
    }

    @Test
    void theMessageBeginsWithTheOutcomeThenTheNumber() throws Exception {
        ticket.with("u_bad", "yes");

        assertThat(((Ended) at(terms(), INSIDE)).message())
                .isEqualTo("rejected: CHG0030001 meets the rejection criteria: u_bad = yes, found yes");
    }

    @Test
    void approvedWhenTheCriteriaAreMet() throws Exception {
        assertThat(at(terms(), INSIDE)).isEqualTo(ended(Outcome.APPROVED, "CHG0030001 meets the approval criteria"));
    }

    @Test
    void waitingNamesTheMissingConditions() throws Exception {
        ticket.with("u_ok", "");

        assertThat(at(terms(), INSIDE)).isEqualTo(new Waiting(List.of("u_ok = yes, found (empty)")));
    }

    @Test
    void anotherTeamsApprovedChangeOpensNoGate() throws Exception {
        ticket.with("cmdb_ci.name", "billing-prod");

        assertThat(at(terms(), INSIDE))
                .isEqualTo(ended(
                        Outcome.WRONG_TICKET,
                        "CHG0030001 does not match: cmdb_ci.name = payments-prod, found billing-prod"));
    }

    @Test
    void mustMatchComesBeforeRejection() throws Exception {
        ticket.with("cmdb_ci.name", "billing-prod").with("u_bad", "yes");

        assertThat(at(terms(), INSIDE)).extracting("outcome").isEqualTo(Outcome.WRONG_TICKET);
    }

    @Test
    void rejectionComesBeforeApproval() throws Exception {
        ticket.with("u_bad", "yes").without("u_ok");

        assertThat(at(terms(), INSIDE)).extracting("outcome").isEqualTo(Outcome.REJECTED);
    }

    @Test
    void bothTrueInsideTheWindowIsRejectedUnlessToldOtherwise() throws Exception {
        ticket.with("u_bad", "yes");

        assertThat(at(withWindow(), INSIDE)).extracting("outcome").isEqualTo(Outcome.REJECTED);
        assertThat(at(withWindow().onConflict(OnConflict.APPROVE), INSIDE))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(at(withWindow().onConflict(OnConflict.APPROVE), BEFORE))
                .as("outside the window there is no conflict")
                .extracting("outcome")
                .isEqualTo(Outcome.REJECTED);
        ticket.with("u_start", "");
        assertThat(at(withWindow().onConflict(OnConflict.APPROVE), INSIDE))
                .as("an approval that cannot be told outweighs nothing")
                .extracting("outcome")
                .isEqualTo(Outcome.REJECTED);
    }

    @Test
    void approvalOutsideTheWindowWaitsForIt() throws Exception {
        assertThat(at(withWindow(), BEFORE))
                .isEqualTo(new WaitingForWindow(
                        List.of("the change window from 2026-06-01 10:00:00 UTC until "
                                + "2026-06-01 12:00:00 UTC has not begun"),
                        Duration.ofHours(1)));
        assertThat(at(withWindow(), INSIDE)).extracting("outcome").isEqualTo(Outcome.APPROVED);
    }

    @Test
    void waitingForTheWindowRejectionIsStillWatched() throws Exception {
        ticket.with("u_bad", "yes");

        assertThat(at(withWindow(), BEFORE)).extracting("outcome").isEqualTo(Outcome.REJECTED);
        assertThat(at(withWindow(), AFTER)).extracting("outcome").isEqualTo(Outcome.REJECTED);
    }

    @Test
    void untilApprovedTheWindowIsOnlyLogged() throws Exception {
        ticket.with("u_ok", "no");

        assertThat(at(withWindow(), AFTER)).isInstanceOf(Waiting.class);
        ticket.with("u_start", "garbage");
        Judgement judgement = withWindow().build().judge(new Look(ticket.read(), AFTER, false, false), Memory.NONE);
        assertThat(judgement.decision()).isInstanceOf(Waiting.class);
        assertThat(judgement.window()).contains("u_start of CHG0030001 holds \"garbage\"");
    }

    @Test
    void approvedWithAWindowBlankOrUnreadableIsALastingFailure() throws Exception {
        for (String start : List.of("", "garbage")) {
            ticket.with("u_start", start);
            assertThat(at(withWindow(), INSIDE))
                    .isInstanceOfSatisfying(
                            Failed.class,
                            failed -> assertThat(failed.error().isPassing()).isFalse());
        }
    }

    @Test
    void approvedWithAWindowInThePastIsMissed() throws Exception {
        assertThat(at(withWindow(), AFTER))
                .isEqualTo(ended(
                        Outcome.WINDOW_MISSED,
                        "CHG0030001 is approved, but the change window from 2026-06-01 10:00:00 UTC until 2026-06-01 "
                                + "12:00:00 UTC is over"));
    }

    @Test
    void approvedWithAWindowThatEndsBeforeItStartsIsMissed() throws Exception {
        ticket.with("u_end", "2026-06-01 10:00:00");

        assertThat(at(withWindow(), BEFORE)).extracting("outcome").isEqualTo(Outcome.WINDOW_MISSED);
    }

    @Test
    void onWindowMissedWaitWatchesForANewOne() throws Exception {
        Terms.Builder patient = withWindow().onWindowMissed(OnWindowMissed.WAIT);

        assertThat(at(patient, AFTER)).isInstanceOf(WaitingForWindow.class);
        ticket.with("u_end", "2026-06-01 14:00:00");
        assertThat(at(patient, AFTER)).extracting("outcome").isEqualTo(Outcome.APPROVED);
    }

    @Test
    void deadlineReachedIsExpiredWithWhatIsMissing() throws Exception {
        ticket.with("u_ok", "no");

        assertThat(atDeadline(terms(), INSIDE))
                .isEqualTo(ended(Outcome.EXPIRED, "CHG0030001 was not approved in time: u_ok = yes, found no"));
    }

    @Test
    void aDecisionMadeInTimeIsNeverThrownAway() throws Exception {
        assertThat(atDeadline(withWindow(), INSIDE)).extracting("outcome").isEqualTo(Outcome.APPROVED);
        assertThat(atDeadline(withWindow(), AFTER)).extracting("outcome").isEqualTo(Outcome.WINDOW_MISSED);
        ticket.with("u_bad", "yes");
        assertThat(atDeadline(withWindow(), BEFORE)).extracting("outcome").isEqualTo(Outcome.REJECTED);
    }

    @Test
    void approvedBeforeTheWindowAtTheDeadlineIsExpired() throws Exception {
        assertThat(((Ended) atDeadline(withWindow(), BEFORE)).message())
                .startsWith("expired: CHG0030001 is approved, but outside its change window: the change window from ");
        assertThat(atDeadline(withWindow().onWindowMissed(OnWindowMissed.WAIT), AFTER))
                .extracting("outcome")
                .isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void aFieldMissingInTheAnswerIsALastingFailureEvenAtTheDeadline() throws Exception {
        ticket.without("u_ok");

        assertThat(atDeadline(terms(), INSIDE)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.error()).hasMessageContaining("approvalCriteria names the field u_ok");
            assertThat(failed.error().isPassing()).isFalse();
        });
    }

    @Test
    void enforcedCriteriaMustHoldInAdditionToWhatAStepGives() throws Exception {
        Terms.Builder both = withWindow()
                .approval(when("approvalDefaults", "u_extra", "yes"))
                .window(ChangeWindow.parse("approvalDefaults", "u_release", "u_open", null, null));
        ticket.with("u_extra", "no").with("u_open", "2026-06-01 11:30:00");

        assertThat(at(both, INSIDE)).isEqualTo(new Waiting(List.of("u_extra = yes, found no")));
        ticket.with("u_extra", "yes");
        assertThat(at(both, INSIDE)).isInstanceOf(WaitingForWindow.class);
        assertThat(at(both, Instant.parse("2026-06-01T11:45:00Z")))
                .extracting("outcome")
                .isEqualTo(Outcome.APPROVED);
        assertThat(at(both, AFTER)).extracting("outcome").isEqualTo(Outcome.WINDOW_MISSED);
    }

    @Test
    void eachConditionIsThereForTheLog() throws Exception {
        Judgement judgement = terms().build().judge(new Look(ticket.read(), INSIDE, false, false), Memory.NONE);

        assertThat(judgement.verdicts())
                .extracting(Verdict::criteria)
                .containsExactly("mustMatch", "rejectionCriteria", "approvalCriteria");
        assertThat(judgement.verdicts().get(1).findings())
                .extracting(Finding::toString)
                .containsExactly("u_bad = yes, found no: not met");
    }
}
