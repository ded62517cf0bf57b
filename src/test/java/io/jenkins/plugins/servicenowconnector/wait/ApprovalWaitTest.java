package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The life of one wait, told by readings and a clock; no Jenkins, no network. */
class ApprovalWaitTest {

    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private static final ApprovalDefaults DEFAULTS = new ApprovalDefaults("change_request");

    private final List<String> log = new ArrayList<>();
    private final Instant start = Instant.parse("2026-11-22T10:00:00Z");
    private Instant now = start;
    private ApprovalWait wait;

    @BeforeEach
    void begin() throws Exception {
        wait = new ApprovalWait(
                new ApprovalRequest(null, "CHG0030001", null, null, null, null, null, null, null, null),
                new Target("test", "", "change_request"),
                Duration.ofMinutes(1),
                start.plus(Duration.ofDays(1)));
        wait.wake(DEFAULTS, new WaitLog(log::add, () -> now), now);
    }

    @Test
    void approvedChangeEndsTheWait() {
        assertThat(look(change("-4", "requested"))).isEmpty();

        assertThat(look(change("-2", "approved"))).hasValueSatisfying(end -> {
            assertThat(end.outcome()).isEqualTo(Outcome.APPROVED);
            assertThat(end.ticket().number()).isEqualTo("CHG0030001");
        });
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
    @DisplayName(
            "Failures while polling: passing (network, 429, 5xx, HTML, no agent): never end the wait before its deadline")
    void passingFailuresNeverEndTheWaitBeforeItsDeadline() {
        List<Kind> passing =
                List.of(Kind.NETWORK, Kind.RATE_LIMITED, Kind.TIMEOUT, Kind.PROTOCOL, Kind.NO_AGENT, Kind.ASLEEP);
        for (int hour = 0; hour < 23; hour++) {
            assertThat(fail(passing.get(hour % passing.size()))).isEmpty();
            after(Duration.ofHours(1));
        }

        assertThat(log).filteredOn(line -> line.startsWith("Cannot look now")).hasSize(1);
        assertThat(look(change("-2", "approved"))).isPresent();
        assertThat(log).contains("ServiceNow answers again.");
    }

    @Test
    @DisplayName("Failures while polling: lasting: end it after at least 3 looks and 5 min")
    void lastingFailureEndsTheWaitAfterThreeLooksAndFiveMinutes() {
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        after(Duration.ofMinutes(6));
        assertThat(fail(Kind.FORBIDDEN)).as("two looks").isEmpty();
        after(Duration.ofMinutes(1));

        assertThat(fail(Kind.FORBIDDEN))
                .hasValueSatisfying(end -> assertThat(end.failure()).isNotNull());
    }

    @Test
    void threeLooksInLessThanFiveMinutesAreNotEnough() {
        for (int look = 0; look < 4; look++) {
            assertThat(fail(Kind.FORBIDDEN)).isEmpty();
            after(Duration.ofMinutes(1));
        }
    }

    @Test
    void clockThatIsSetBackNeitherEndsTheWaitSoonerNorMuchLater() {
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        after(Duration.ofHours(-2));
        assertThat(fail(Kind.FORBIDDEN)).isEmpty();
        assertThat(fail(Kind.FORBIDDEN)).as("three looks, no time").isEmpty();
        after(Duration.ofMinutes(5));

        assertThat(fail(Kind.FORBIDDEN)).isPresent();
    }

    @Test
    void twoTicketsOfANumberMayBecomeOneAndEndTheWaitOtherwise() {
        assertThat(fail(Kind.AMBIGUOUS)).isEmpty();
        assertThat(look(change("-4", "requested"))).isEmpty();
        for (int minute = 0; minute < 5; minute++) {
            assertThat(fail(Kind.AMBIGUOUS)).isEmpty();
            after(Duration.ofMinutes(1));
        }

        assertThat(fail(Kind.AMBIGUOUS)).isPresent();
    }

    @Test
    void rateLimitWithoutATimeNeverEndsTheWait() {
        for (int hour = 0; hour < 23; hour++) {
            assertThat(fail(Kind.RATE_LIMITED)).isEmpty();
            after(Duration.ofHours(1));
        }
    }

    @Test
    @DisplayName("Failures while polling: a ticket seen before and now not found: 30 min")
    void aTicketThatWasSeenMayBeOutOfSightForThirtyMinutes() {
        look(change("-4", "requested"));
        fail(Kind.NOT_FOUND);
        for (int minute = 1; minute < 30; minute++) {
            after(Duration.ofMinutes(1));
            assertThat(fail(Kind.NOT_FOUND)).isEmpty();
        }
        after(Duration.ofMinutes(1));

        assertThat(fail(Kind.NOT_FOUND)).isPresent();
    }

    @Test
    @DisplayName("Failures while polling: 401: at the first look the step fails; later the wait stays")
    void refusedAccountEndsTheWaitAtTheFirstLookOnly() {
        assertThat(fail(Kind.UNAUTHENTICATED)).isPresent();

        look(change("-4", "requested"));
        assertThat(fail(Kind.UNAUTHENTICATED)).isEmpty();
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
        wait.wake(DEFAULTS, new WaitLog(log::add, () -> now), now);
        assertThat(fail(Kind.NO_AGENT)).isEmpty();
        after(Duration.ofMinutes(2));

        assertThat(look(change("-2", "approved")).orElseThrow().outcome()).isEqualTo(Outcome.APPROVED);
    }

    @Test
    @DisplayName("\"waiting for an agent\" is logged only after 60 s")
    void agentsThatComeBackAfterARestartAreNoNews() throws Exception {
        look(change("-4", "requested"));
        wait.wake(DEFAULTS, new WaitLog(log::add, () -> now), now);
        log.clear();
        fail(Kind.NO_AGENT);
        assertThat(log).isEmpty();
        after(Duration.ofSeconds(61));

        fail(Kind.NO_AGENT);

        assertThat(log).singleElement().asString().startsWith("Waiting for an agent");
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
        wait.wake(DEFAULTS, new WaitLog(log::add, () -> now), now);
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

    private void after(Duration time) {
        now = now.plus(time);
    }

    private Optional<WaitEnd> look(Ticket ticket) {
        return wait.take(Reading.of(ticket, now), false, now);
    }

    private Optional<WaitEnd> fail(Kind kind) {
        ServiceNowException failure = new ServiceNowException(kind, "something went wrong", Facts.NONE);
        return wait.take(Reading.failed(failure), false, now);
    }

    private static Ticket change(String state, String approval) {
        Map<String, FieldValue> fields = new LinkedHashMap<>();
        fields.put("state", new FieldValue(state, state));
        fields.put("approval", new FieldValue(approval, approval));
        fields.put("active", new FieldValue("true", "true"));
        fields.put("on_hold", new FieldValue("false", "false"));
        fields.put("on_hold_reason", FieldValue.EMPTY);
        fields.put("start_date", FieldValue.EMPTY);
        fields.put("end_date", FieldValue.EMPTY);
        return new Ticket("change_request", SYS_ID, "CHG0030001", fields);
    }
}
