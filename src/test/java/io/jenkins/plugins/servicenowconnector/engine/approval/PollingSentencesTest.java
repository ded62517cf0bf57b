package io.jenkins.plugins.servicenowconnector.engine.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Agenda;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.Cancellation;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is promised of approvals, sentence by sentence, as far as it needs an instance or more than one look. */
@DisplayName("Approval, polled")
class PollingSentencesTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String TABLE = "change_request";
    private static final Target TARGET = new Target("prod", "", TABLE);
    private static final Instant START = Instant.parse("2026-06-01T11:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Instance instance = SimulatedInstance.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row change() {
        return SIMULATOR.tables().seed(TABLE, Map.of("assignment_group", group()));
    }

    private static String group() {
        return SIMULATOR
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();
    }

    private Reading look(Row row) throws Exception {
        TicketKey key = new TicketKey("sys_id", row.sysId());
        Terms terms = Terms.of(TABLE).build();
        return new TicketReader(instance)
                .look(TABLE, List.of(key), terms.fields())
                .get(key);
    }

    @Test
    @DisplayName("The last look is made at the deadline, and one after a restart that slept over it")
    void lastLook() {
        Agenda<String> agenda = new Agenda<>();
        Instant deadline = START.plusSeconds(7);
        agenda.add("in time", TARGET, Duration.ofDays(1), deadline, START);
        agenda.take(START);
        agenda.done("in time", START);
        assertThat(agenda.next("in time")).contains(deadline);

        Instant afterSleep = deadline.plus(Duration.ofHours(9));
        agenda.add("slept over it", TARGET, MINUTE, deadline, afterSleep);
        assertThat(agenda.next("slept over it")).contains(afterSleep);
    }

    @Test
    @DisplayName("A decision rests on an answer not older than one retry interval")
    void freshAnswers() throws Exception {
        Agenda<String> agenda = new Agenda<>();
        agenda.add("a", TARGET, MINUTE, START.plus(Duration.ofDays(1)), START);
        agenda.take(START);
        agenda.done("a", START);
        assertThat(agenda.next("a").orElseThrow()).isBeforeOrEqualTo(START.plus(MINUTE));

        Row change = change();
        look(change);
        change.set("state", "-4");
        assertThat(look(change).ticket().value("state"))
                .as("nothing is kept between looks")
                .isEqualTo("-4");
    }

    @Test
    @DisplayName("\"Now\" is the instance's clock (the answer's Date)")
    void clock() throws Exception {
        SIMULATOR.clock().offset(Duration.ofHours(3));

        assertThat(look(change()).at())
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(179)),
                        Instant.now().plus(Duration.ofMinutes(181)));
    }

    static List<Arguments> failures() {
        return List.of(
                arguments(Fault.CUT, true),
                arguments(Fault.rateLimited(1), true),
                arguments(Fault.OVERLOADED, true),
                arguments(Fault.QUOTA, true),
                arguments(Fault.BAD_GATEWAY, true),
                arguments(Fault.MAINTENANCE, true),
                arguments(Fault.HIBERNATING, true),
                arguments(Fault.LOGIN_PAGE, true),
                arguments(Fault.TRUNCATED, true),
                arguments(Fault.TRAILING_ERROR, true),
                arguments(Fault.FORBIDDEN, false),
                arguments(Fault.UNSCOPED, false),
                arguments(Fault.NOT_FOUND, false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("passing (network, 429, 5xx, HTML, no agent) … Lasting (403, unknown table, field missing, not found)")
    void failures(Fault fault, boolean passing) throws Exception {
        Row change = change();
        SIMULATOR.faults().always(fault);

        assertThat(look(change).failure().isPassing()).isEqualTo(passing);
        ServiceNowException noAgent =
                ServiceNowException.noAnswer(ServiceNowException.Kind.NO_AGENT, "No agent is online.", false, null);
        assertThat(noAgent.isPassing()).isTrue();
    }

    @Test
    @DisplayName("… each condition with value, display value, met or not")
    void conditionsForTheLog() throws Exception {
        Reading reading = look(change());
        Judgement judgement =
                Terms.of(TABLE).build().judge(new Look(reading.ticket(), reading.at(), false, false), Memory.NONE);

        assertThat(judgement.verdicts().get(0).findings())
                .extracting(Finding::toString)
                .contains(
                        "active.value = true, found true: met",
                        "state.value in -2, -1, found -5 (New): not met",
                        "approval.value = approved, found not requested (Not Yet Requested): not met");
    }

    @Test
    @DisplayName("at the end who decided (name, e-mail, group, time, comments); unreadable is said")
    void whoDecided() throws Exception {
        Row change = change();
        SIMULATOR.desk().requestApproval(change.number());
        SIMULATOR.desk().reject(change.number(), "too risky");

        assertThat(new Approvers(instance).decided(change.sysId()))
                .extracting(Approver::toString)
                .singleElement()
                .asString()
                .contains("Beth Anglin", "beth.anglin@example.com", "Network", "rejected at", "too risky");
    }

    @Test
    @DisplayName("forbidSelfApproval rejects when an approver is the build's starter")
    void selfApproval() throws Exception {
        Row change = change();
        SIMULATOR.desk().requestApproval(change.number());
        SIMULATOR.desk().approveAll(change.number());
        List<Approver> approvers = new Approvers(instance).decided(change.sysId());

        assertThat(SelfApproval.rejection(look(change).ticket(), approvers, List.of("Abel.Tuter")))
                .hasValueSatisfying(end -> assertThat(end.outcome()).isEqualTo(Outcome.REJECTED));
        assertThat(SelfApproval.rejection(look(change).ticket(), approvers, List.of("carl")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "APPROVED, approved",
        "REJECTED, rejected",
        "FINISHED, finished",
        "EXPIRED, expired",
        "WINDOW_MISSED, window missed",
        "WRONG_TICKET, wrong ticket"
    })
    @DisplayName("a message that begins with the outcome (rejected: CHG0030001 …)")
    void message(Outcome outcome, String word) {
        assertThat(new Ended(outcome, "CHG0030001 is what it is").message())
                .isEqualTo(word + ": CHG0030001 is what it is");
    }

    @ParameterizedTest
    @CsvSource({"NEW, 4", "ASSESS, 4", "AUTHORIZE, 4", "SCHEDULED, 4", "IMPLEMENT, -1", "REVIEW, 0", "CLOSED, 3"})
    @DisplayName("onNotRun: 'cancel' … still New to Scheduled … cancels it with the reason")
    void cancel(ChangeState state, String after) throws Exception {
        Row change = change();
        change.set("state", state.value());

        UpdateOutcome outcome = new Cancellation(instance).cancel(change.sysId(), "The build was stopped.");

        assertThat(change.get("state")).isEqualTo(after);
        assertThat(change.journal()).hasSize(after.equals("4") ? 1 : 0);
        assertThat(outcome.failure()).isNull();
    }

    @Test
    @DisplayName("all waits on one connector, label and table share their requests")
    void shared() throws Exception {
        List<Row> rows = IntStream.range(0, 40).mapToObj(i -> change()).toList();
        Agenda<TicketKey> agenda = new Agenda<>();
        rows.forEach(row -> agenda.add(
                new TicketKey("sys_id", row.sysId()), TARGET, MINUTE, START.plus(Duration.ofDays(1)), START));
        List<TicketKey> due = agenda.take(START).get(TARGET);

        Map<TicketKey, Reading> readings = new TicketReader(instance)
                .look(TABLE, due, Terms.of(TABLE).build().fields());

        assertThat(readings).hasSize(40);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }
}
