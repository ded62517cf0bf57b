package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The life of one wait, told by readings and a clock. */
class ApprovalWaitTest extends OneWait {

    @Test
    void approvedChangeEndsTheWait() {
        assertThat(look(change("-4", "requested"))).isEmpty();

        assertThat(look(change("-2", "approved"))).hasValueSatisfying(end -> {
            assertThat(end.outcome()).isEqualTo(Outcome.APPROVED);
            assertThat(end.ticket().number()).isEqualTo("CHG0030001");
        });
    }

    @Test
    @DisplayName("A decision rests on an answer not older than one retry interval")
    void decisionIsAsOldAsTheAnswerThatItRestsOn() {
        long twoMinutesAgo = System.nanoTime() - Duration.ofMinutes(2).toNanos();
        Reading old = new Reading(change("-2", "approved"), null, now, Duration.ZERO, "", twoMinutesAgo);

        assertThat(wait.take(old, false, now).orElseThrow().isTooOld(Duration.ofMinutes(1)))
                .isTrue();
    }

    @Test
    void theLogTellsChangesOnceAndAStillLineAnHour() {
        look(change("-4", "requested"));
        int lines = log.size();

        for (int minute = 1; minute < 60; minute++) {
            after(Duration.ofMinutes(1));
            look(change("-4", "requested"));
        }
        assertThat(log).hasSize(lines);
        after(Duration.ofMinutes(1));
        look(change("-4", "requested"));

        assertThat(log).hasSize(lines + 1).last().asString().startsWith("Still waiting for CHG0030001");
    }

    @Test
    @DisplayName("The last look is made at the deadline: a decision made in time is never thrown away")
    void decisionAtTheDeadlineStillCounts() {
        after(Duration.ofDays(1));

        assertThat(look(change("-2", "approved")).orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
    }

    @Test
    void undecidedAtTheDeadlineExpires() {
        after(Duration.ofDays(1));

        assertThat(look(change("-4", "requested")).orElseThrow().message()).startsWith("expired: CHG0030001");
    }

    @Test
    @DisplayName("If no look succeeds within 5 min after deadline or restart: expired, with the last failure")
    void deadlineWithoutASuccessfulLookWaitsFiveMinutesForOne() {
        after(Duration.ofDays(1));
        assertThat(fail(Kind.NETWORK)).isEmpty();
        after(Duration.ofMinutes(4));
        assertThat(fail(Kind.NETWORK)).isEmpty();
        after(Duration.ofMinutes(1));

        WaitEnd end = fail(Kind.NETWORK).orElseThrow();

        assertThat(end.outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(end.message()).startsWith("expired: ").contains("something went wrong");
    }

    @Test
    void deadlineThatWasSleptOverGetsItsLook() throws Exception {
        after(Duration.ofDays(3));
        restart();
        wake();
        assertThat(fail(Kind.NO_AGENT)).isEmpty();
        after(Duration.ofMinutes(2));

        assertThat(look(change("-2", "approved")).orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
    }

    @Test
    @DisplayName("at least one line an hour, also where looks are a day apart")
    void anHourlyLineBetweenLooks() {
        look(change("-4", "requested"));
        log.clear();
        for (int minute = 1; minute <= 120; minute++) {
            after(Duration.ofMinutes(1));
            wait.remind(now);
        }

        assertThat(log).hasSize(2).allMatch(line -> line.startsWith("Still waiting for CHG0030001: approval is"));
    }

    @Test
    @DisplayName("No wait is shortened by clock jumps")
    void clockThatIsSetForwardEndsNoWait() {
        look(change("-4", "requested"));
        now = now.plus(Duration.ofDays(2));

        assertThat(look(change("-4", "requested"))).isEmpty();
        assertThat(wait.lastLook(now)).isEqualTo(now.plus(Duration.ofDays(1)));
        after(Duration.ofHours(23));
        assertThat(fail(Kind.NETWORK)).isEmpty();
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        now = now.plus(Duration.ofDays(2));
        assertThat(fail(Kind.FORBIDDEN)).as("no five minutes").isEmpty();
        after(Duration.ofHours(1));

        assertThat(look(change("-4", "requested")).orElseThrow().outcome()).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void clockThatIsSetForwardForAMomentEndsNoWait() {
        now = now.plus(Duration.ofDays(2));
        assertThat(look(change("-4", "requested"))).isEmpty();
        now = now.minus(Duration.ofDays(2));
        after(Duration.ofHours(23));
        assertThat(look(change("-4", "requested"))).isEmpty();
        assertThat(wait.lastLook(now)).isEqualTo(wait.deadline());
        after(Duration.ofHours(1));

        assertThat(look(change("-4", "requested"))).isPresent();
    }

    @Test
    void criteriaThatCannotHoldEndTheWaitAtOnce() throws Exception {
        wait = new ApprovalWait(
                new ApprovalRequest(
                        null, "CHG0030001", null, criteria("ticket.state.value"), null, null, null, null, null, null),
                new Target("test", "", "change_request"),
                Duration.ofMinutes(1),
                start.plus(Duration.ofDays(1)));
        wake();

        assertThat(look(change("-4", "requested")).orElseThrow().failure().kind())
                .isEqualTo(Kind.BAD_INPUT);
    }

    @Test
    void whatMustNotBeForgottenIsWorthStoring() {
        look(change("-4", "requested"));
        assertThat(wait.isWorthStoring()).isTrue();

        look(change("-4", "requested"));
        assertThat(wait.isWorthStoring()).isFalse();
    }

    @Test
    void onlyATicketThatWasSeenAndMetMustMatchAtItsLastLookIsTheRightOne() throws Exception {
        ApprovalCriteria requested = new ApprovalCriteria();
        requested.setExpression("ticket.approval.value == 'requested'");
        wait = new ApprovalWait(
                new ApprovalRequest(null, null, SYS_ID, null, null, requested, null, null, null, null),
                new Target("test", "", "change_request"),
                Duration.ofMinutes(1),
                start.plus(Duration.ofDays(1)));
        wake();
        fail(Kind.NO_AGENT);
        assertThat(wait.isRightTicket()).as("named, but never seen").isFalse();
        wait.isWorthStoring();

        look(change("-4", "requested"));
        assertThat(wait.isRightTicket()).isTrue();
        assertThat(wait.isWorthStoring()).isTrue();
        fail(Kind.NETWORK);
        assertThat(wait.isRightTicket()).isTrue();

        assertThat(look(change("-4", "approved")))
                .hasValueSatisfying(end -> assertThat(end.outcome()).isEqualTo(Outcome.WRONG_TICKET));
        assertThat(wait.isRightTicket()).isFalse();
    }

    private static ApprovalCriteria criteria(String expression) {
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setExpression(expression);
        return criteria;
    }
}
