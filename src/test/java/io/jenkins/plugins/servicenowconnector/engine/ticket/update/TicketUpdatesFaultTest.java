package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome.State;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What serviceNowUpdate makes of lost answers, refusals and faults in the middle of many. */
class TicketUpdatesFaultTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String NOTE = "by Jenkins";

    private final TicketUpdates updates = new TicketUpdates(SimulatedInstance.of(SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row incident() {
        return SIMULATOR.tables().seed("incident", Map.of("category", "network"));
    }

    private static List<Row> incidents(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(incident());
        }
        return rows;
    }

    private static TicketUpdate urgent(String query) throws Exception {
        TicketSelection selection =
                SelectionInput.of("incident", null, null, query, 50).toUpdate();
        return TicketUpdate.of(selection, Map.of("urgency", "1", "work_notes", NOTE));
    }

    private static TicketUpdate urgent(Row row) throws Exception {
        TicketSelection selection =
                SelectionInput.of("incident", row.number(), null, null, null).toUpdate();
        return TicketUpdate.of(selection, Map.of("urgency", "1", "work_notes", NOTE));
    }

    private Updated run(TicketUpdate update) throws Exception {
        return updates.run(update, each -> {}, () -> false);
    }

    private static Match writeOf(Row row) {
        return new Match("PATCH", "/api/now/table/incident/" + row.sysId());
    }

    private static List<String> bodies() {
        return SIMULATOR.requests().stream()
                .filter(request -> request.method().equals("PATCH"))
                .map(Exchange::body)
                .toList();
    }

    private static ServiceNowException error(Updated updated) {
        return catchThrowableOfType(ServiceNowException.class, updated::check);
    }

    static List<Fault> lostAfterCommit() {
        return List.of(
                Fault.CUT_AFTER_COMMIT,
                Fault.CLOSED_AFTER_COMMIT,
                Fault.TRUNCATED,
                Fault.WRONG_CONTENT_TYPE,
                Fault.TRAILING_ERROR,
                Fault.QUOTA_AFTER_COMMIT,
                Fault.FORBIDDEN_AFTER_COMMIT);
    }

    @ParameterizedTest
    @MethodSource("lostAfterCommit")
    void lostAnswerOfAWriteThatWasStoredIsReadBackAndNothingIsSentTwice(Fault fault) throws Exception {
        Row row = incident();
        SIMULATOR.faults().next(Match.method("PATCH"), fault);

        Updated updated = run(urgent(row));

        updated.check();
        assertThat(updated.outcomes()).singleElement().satisfies(outcome -> {
            assertThat(outcome.state()).isEqualTo(State.UPDATED);
            assertThat(outcome.noteInDoubt()).isFalse();
            assertThat(outcome.ticket().value("urgency")).isEqualTo("1");
        });
        assertThat(bodies()).hasSize(1);
        assertThat(row.journal()).hasSize(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(3);
    }

    static List<Fault> lostBeforeCommit() {
        return List.of(Fault.CUT, Fault.QUOTA, Fault.BAD_GATEWAY, Fault.reply(Reply.empty(503)));
    }

    @ParameterizedTest
    @MethodSource("lostBeforeCommit")
    void lostWriteIsSentOnceMoreWithoutItsNote(Fault fault) throws Exception {
        Row row = incident();
        SIMULATOR.faults().next(Match.method("PATCH"), fault);

        Updated updated = run(urgent(row));

        updated.check();
        assertThat(row.get("urgency")).isEqualTo("1");
        assertThat(bodies())
                .containsExactly("{\"urgency\":\"1\",\"work_notes\":\"by Jenkins\"}", "{\"urgency\":\"1\"}");
        assertThat(row.journal()).isEmpty();
        assertThat(updated.outcomes().get(0).noteInDoubt()).isTrue();
        assertThat(updated.outcomes().get(0).sentence())
                .isEqualTo(row.number() + " was updated. Its work note may be missing: whether it arrived is unknown,"
                        + " and it is not sent twice.");
    }

    @Test
    void onlyWhatStillDiffersIsSentAfterADoubt() throws Exception {
        Row row = incident();
        SIMULATOR.switches().unwritable("incident.impact");
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.CUT_AFTER_COMMIT);
        TicketUpdate update =
                TicketUpdate.of(urgent(row).selection(), Map.of("urgency", "1", "impact", "1", "work_notes", NOTE));

        Updated updated = run(update);

        assertThat(bodies()).hasSize(2).last().isEqualTo("{\"impact\":\"1\"}");
        assertThat(updated.outcomes().get(0).report().notTaken()).containsExactly("impact");
        assertThat(updated.outcomes().get(0).noteInDoubt()).isFalse();
        assertThat(row.journal()).hasSize(1);
    }

    @Test
    void doubtThatLastsIsAnUnknownOutcomeAndASecondRunSetsItRight() throws Exception {
        Row row = incident();
        SIMULATOR.faults().next(2, Match.method("PATCH"), Fault.CUT);

        Updated first = run(urgent(row));

        ServiceNowException error = error(first);
        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence())
                .startsWith("Whether " + row.number() + " was updated is unknown, running this again sets it right: ");
        assertThat(first.mayBeRunAgain()).isTrue();

        Updated second = run(urgent(row).after(first));

        second.check();
        assertThat(row.get("urgency")).isEqualTo("1");
        assertThat(row.journal()).isEmpty();
        assertThat(second.outcomes().get(0).noteInDoubt()).isTrue();
    }

    @Test
    void doubtWithoutAReadBackIsAnUnknownOutcome() throws Exception {
        Row row = incident();
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(new Match("GET", "/api/now/table/incident/" + row.sysId()), Fault.MAINTENANCE);

        Updated first = run(urgent(row));

        assertThat(error(first).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(run(urgent(row).after(first)).outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.UPDATED);
        assertThat(row.journal()).hasSize(1);
    }

    @Test
    void noteAloneWhoseAnswerIsLostIsNeverSentTwice() throws Exception {
        Row row = incident();
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.CUT_AFTER_COMMIT);
        TicketUpdate update = TicketUpdate.of(urgent(row).selection(), Map.of("work_notes", "done"));

        Updated first = run(update);
        Updated second = run(update.after(first));

        assertThat(first.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.UNKNOWN);
        assertThat(first.mayBeRunAgain()).isFalse();
        assertThat(error(first).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error(first).sentence()).startsWith("Whether the note reached " + row.number() + " is unknown");
        assertThat(second.outcomes()).isEqualTo(first.outcomes());
        assertThat(bodies()).hasSize(1);
        assertThat(row.journal()).hasSize(1);
    }

    @Test
    void answerAboutAnotherTicketIsADoubt() throws Exception {
        Row row = incident();
        String other = "{\"result\":{\"sys_id\":{\"value\":\"" + "0".repeat(32) + "\"},\"urgency\":{\"value\":\"1\"}}}";
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.reply(Reply.of(200, "application/json", other)));

        run(urgent(row)).check();

        assertThat(bodies()).hasSize(2);
        assertThat(row.get("urgency")).isEqualTo("1");
    }

    @Test
    void refusalOfTheOnlyTicketIsItsOwnError() throws Exception {
        Row row = incident();
        TicketUpdate update = TicketUpdate.of(urgent(row).selection(), Map.of("state", "6"));

        ServiceNowException error = error(run(update));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.getMessage()).contains("Resolution code");
        assertThat(bodies()).hasSize(1);
    }

    @Test
    void passingFaultsInTheMiddleOfTwentyStopNobodyAndASecondRunDoesTheRest() throws Exception {
        List<Row> rows = incidents(20);
        SIMULATOR.faults().next(writeOf(rows.get(3)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(writeOf(rows.get(7)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(writeOf(rows.get(8)), Fault.NOT_PROCESSED);
        SIMULATOR.faults().next(writeOf(rows.get(9)), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(2, writeOf(rows.get(15)), Fault.BAD_GATEWAY);

        Updated first = run(urgent("category=network"));

        assertThat(first.outcomes().stream()
                        .filter(each -> !each.isDone())
                        .map(each -> each.ticket().number()))
                .containsExactly(
                        rows.get(3).number(),
                        rows.get(7).number(),
                        rows.get(8).number(),
                        rows.get(15).number());
        assertThat(rows.stream().filter(row -> row.is("urgency", "1"))).hasSize(16);
        assertThat(first.mayBeRunAgain()).isTrue();
        assertThat(error(first).sentence())
                .startsWith("4 of 20 tickets were not updated; a second run does the rest. "
                        + rows.get(3).number());
        int before = bodies().size();

        Updated second = run(urgent("category=network").after(first));

        second.check();
        assertThat(second.outcomes()).hasSize(20);
        assertThat(bodies().size() - before).isEqualTo(4);
        assertThat(rows).allMatch(row -> row.is("urgency", "1"));
        // the one in doubt gets no second note, and as it was never stored it has none
        assertThat(rows.stream().filter(row -> row.journal().size() == 1)).hasSize(19);
        assertThat(rows.get(15).journal()).isEmpty();
    }

    static List<Fault> concernsAll() {
        return List.of(Fault.UNAUTHENTICATED, Fault.rateLimited(60), Fault.OVERLOADED);
    }

    @ParameterizedTest
    @MethodSource("concernsAll")
    void refusalThatConcernsAllIsNotTriedAgainWithTheNext(Fault fault) throws Exception {
        List<Row> rows = incidents(4);
        SIMULATOR.faults().next(writeOf(rows.get(1)), fault);

        Updated updated = run(urgent("category=network"));

        assertThat(updated.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.UPDATED, State.FAILED, State.NOT_TRIED, State.NOT_TRIED);
        assertThat(updated.outcomes().get(2).sentence()).startsWith(rows.get(2).number() + " was not tried: ");
        assertThat(bodies()).hasSize(2);
    }

    @Test
    void withoutAnAgentTheRestIsNotTried() throws Exception {
        incidents(3);
        TicketUpdates cutOff = new TicketUpdates(SimulatedInstance.over(
                request -> {
                    if (request.method() == Method.GET) {
                        return HttpTransport.shared().send(request);
                    }
                    throw ServiceNowException.noAnswer(Kind.NO_AGENT, "No agent is online.", false, null);
                },
                SIMULATOR));

        Updated updated = cutOff.run(urgent("category=network"), each -> {}, () -> false);

        assertThat(updated.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.FAILED, State.NOT_TRIED, State.NOT_TRIED);
        assertThat(updated.mayBeRunAgain()).isTrue();
        assertThat(error(updated).kind()).isEqualTo(Kind.NO_AGENT);
    }

    @Test
    void whenTheTimeIsUpTheRestIsNotTriedAndASecondRunDoesIt() throws Exception {
        List<Row> rows = incidents(3);

        Updated first = updates.run(urgent("category=network"), each -> {}, () -> true);

        assertThat(first.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.UPDATED, State.NOT_TRIED, State.NOT_TRIED);
        assertThat(bodies()).hasSize(1);
        assertThat(first.mayBeRunAgain()).isTrue();
        assertThat(error(first).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(error(first).sentence())
                .startsWith("2 of 3 tickets were not updated; a second run does the rest. "
                        + rows.get(1).number() + " was not tried: The time for this ended before its turn came.");

        run(urgent("category=network").after(first)).check();
        assertThat(rows).allMatch(row -> row.journal().size() == 1);
    }

    @Test
    void manyFailuresAreCountedAndTheFirstAreNamed() throws Exception {
        incidents(8);
        SIMULATOR.faults().next(8, Match.method("PATCH"), Fault.MAINTENANCE);

        ServiceNowException error = error(run(urgent("category=network")));

        assertThat(error.sentence()).startsWith("8 of 8 tickets").endsWith("And 3 more.");
    }
}
