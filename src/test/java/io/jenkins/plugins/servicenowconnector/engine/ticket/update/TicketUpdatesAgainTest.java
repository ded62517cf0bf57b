package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome.State;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a second run of serviceNowUpdate makes of what the first one left open. */
class TicketUpdatesAgainTest {

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
        return TicketUpdate.of(selection, Map.of("urgency", "1")).withWorkNote(NOTE);
    }

    private Updated run(TicketUpdate update) throws Exception {
        return updates.run(update, each -> {}, () -> false);
    }

    private static Match readBackOf(Row row) {
        return new Match("GET", "/api/now/table/incident/" + row.sysId());
    }

    private static Match writeOf(Row row) {
        return new Match("PATCH", "/api/now/table/incident/" + row.sysId());
    }

    private static ServiceNowException error(Updated updated) {
        return catchThrowableOfType(ServiceNowException.class, updated::check);
    }

    @Test
    void whatIsDoneStaysInTheResultAlthoughTheQueryNoLongerFindsIt() throws Exception {
        List<Row> rows = incidents(3);
        SIMULATOR.faults().next(writeOf(rows.get(1)), Fault.MAINTENANCE);
        Updated first = run(urgent("category=network^urgency=3"));

        Updated second = run(urgent("category=network^urgency=3").after(first));

        second.check();
        assertThat(second.outcomes())
                .extracting(each -> each.ticket().number())
                .containsExactly(
                        rows.get(0).number(), rows.get(1).number(), rows.get(2).number());
    }

    @Test
    void ticketInDoubtThatTheQueryNoLongerFindsIsSetRightBySecondRun() throws Exception {
        List<Row> rows = incidents(3);
        SIMULATOR.switches().unwritable("incident.impact");
        TicketUpdate update = TicketUpdate.of(
                        urgent("category=network^urgency=3").selection(), Map.of("urgency", "1", "impact", "1"))
                .withWorkNote(NOTE);
        SIMULATOR.faults().next(writeOf(rows.get(0)), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(readBackOf(rows.get(0)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(writeOf(rows.get(1)), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(readBackOf(rows.get(1)), Fault.MAINTENANCE);
        Updated first = run(update);
        rows.get(1).set("impact", "1");

        Updated second = run(update.after(first));

        second.check();
        assertThat(second.outcomes())
                .extracting(each -> each.ticket().number())
                .containsExactlyElementsOf(rows.stream().map(Row::number).toList());
        assertThat(second.outcomes()).extracting(UpdateOutcome::state).containsOnly(State.UPDATED);
        assertThat(second.outcomes().get(0).report().notTaken()).containsExactly("impact");
        assertThat(rows).allMatch(row -> row.journal().size() == 1);
    }

    @Test
    void ticketInDoubtThatMayNoLongerBeReadIsAnUnknownOutcome() throws Exception {
        List<Row> rows = incidents(2);
        SIMULATOR.faults().next(writeOf(rows.get(0)), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(readBackOf(rows.get(0)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(writeOf(rows.get(1)), Fault.MAINTENANCE);
        Updated first = run(urgent("category=network"));
        rows.forEach(row -> SIMULATOR.switches().unreadable(row.sysId()));

        Updated second = run(urgent("category=network").after(first));

        assertThat(second.outcomes()).extracting(UpdateOutcome::state).containsOnly(State.FAILED);
        assertThat(second.mayBeRunAgain()).isFalse();
        assertThat(error(second).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(second.outcomes().get(0).sentence())
                .startsWith("Whether " + rows.get(0).number() + " was updated is unknown")
                .contains("There is no ticket " + rows.get(0).sysId());
        assertThat(second.outcomes().get(1).sentence())
                .startsWith(rows.get(1).number() + " was not updated: There is no ticket ");
    }

    @Test
    void secondRunChangesWhatTheFirstOneFoundHoweverManyMatchByThen() throws Exception {
        List<Row> rows = incidents(2);
        SIMULATOR.faults().next(writeOf(rows.get(1)), Fault.MAINTENANCE);
        TicketUpdate update = TicketUpdate.of(
                SelectionInput.of("incident", null, null, "category=network", 2).toUpdate(), Map.of("urgency", "1"));
        Updated first = run(update);
        List<Row> later = incidents(3);

        run(update.after(first)).check();

        assertThat(rows).allMatch(row -> row.is("urgency", "1"));
        assertThat(later).allMatch(row -> row.is("urgency", "3"));
    }

    @Test
    void secondRunThatCannotReadNowIsATryForLaterAndForgetsNothing() throws Exception {
        List<Row> rows = incidents(2);
        SIMULATOR.faults().next(2, writeOf(rows.get(0)), Fault.CUT);
        Updated first = run(urgent("category=network"));
        SIMULATOR.faults().next(Match.method("GET"), Fault.MAINTENANCE);

        ServiceNowException failure = catchThrowableOfType(
                ServiceNowException.class, () -> run(urgent("category=network").after(first)));

        assertThat(failure.isPassing()).isTrue();
        run(urgent("category=network").after(first)).check();
        assertThat(rows).allMatch(row -> row.is("urgency", "1"));
    }

    @Test
    void secondRunFromScratchDoesTheRestToo() throws Exception {
        List<Row> rows = incidents(20);
        SIMULATOR.faults().next(writeOf(rows.get(3)), Fault.MAINTENANCE);
        run(urgent("category=network"));

        Updated second = run(urgent("category=network"));

        second.check();
        assertThat(second.outcomes().stream().filter(each -> each.state() == State.UPDATED))
                .hasSize(1);
        assertThat(rows).allMatch(row -> row.is("urgency", "1") && row.journal().size() == 1);
    }

    @Test
    void noteInDoubtStaysInDoubtOverARunThatDoesNotGetThere() throws Exception {
        List<Row> rows = incidents(2);
        SIMULATOR.faults().next(writeOf(rows.get(0)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(2, writeOf(rows.get(1)), Fault.CUT);
        TicketUpdate update = urgent("category=network");
        Updated first = run(update);

        Updated second = updates.run(update.after(first), each -> {}, () -> true);
        Updated third = run(update.after(second));

        third.check();
        assertThat(second.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.UPDATED, State.FAILED);
        assertThat(second.outcomes().get(1).sentence())
                .startsWith("Whether " + rows.get(1).number() + " was updated is unknown")
                .contains("Its work note may be missing");
        assertThat(rows.get(1).get("urgency")).isEqualTo("1");
        assertThat(rows.get(1).journal()).isEmpty();
    }

    @Test
    void lastingRefusalOfOneKeepsNoOtherFromASecondRunAndDecidesTheErrorsKind() throws Exception {
        List<Row> rows = incidents(4);
        SIMULATOR.faults().next(2, writeOf(rows.get(0)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(writeOf(rows.get(1)), Fault.UNSCOPED);
        SIMULATOR.faults().next(writeOf(rows.get(3)), Fault.MAINTENANCE);
        TicketUpdate update = urgent("category=network");

        Updated first = run(update);
        Updated second = run(update.after(first));
        Updated third = run(update.after(second));

        assertThat(first.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.FAILED, State.FAILED, State.UPDATED, State.FAILED);
        assertThat(error(first).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(first.mayBeRunAgain()).isTrue();
        assertThat(second.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.FAILED, State.FAILED, State.UPDATED, State.UPDATED);
        assertThat(third.mayBeRunAgain()).isFalse();
        assertThat(error(third).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error(third).sentence()).startsWith("1 of 4 tickets were not updated");
        assertThat(rows).extracting(row -> row.get("urgency")).containsExactly("1", "3", "1", "1");
        assertThat(SIMULATOR.requests().stream()
                        .filter(each -> each.method().equals("PATCH")
                                && each.path().endsWith(rows.get(1).sysId())))
                .as("what is refused for good is not tried again")
                .hasSize(1);
    }

    @Test
    void refusedSecretStopsEveryFurtherRun() throws Exception {
        List<Row> rows = incidents(3);
        SIMULATOR.faults().next(writeOf(rows.get(0)), Fault.MAINTENANCE);
        SIMULATOR.faults().next(writeOf(rows.get(1)), Fault.UNAUTHENTICATED);

        Updated first = run(urgent("category=network"));

        assertThat(first.delay()).isNotNull();
        assertThat(first.mayBeRunAgain()).isFalse();
        assertThat(error(first).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void noteOfTheUserWhoseAnswerIsLostIsNotSentAgainWhereNothingElseDiffers() throws Exception {
        Row row = incident();
        TicketUpdate update =
                TicketUpdate.of(urgent("category=network").selection(), Map.of("urgency", "3", "comments", "hello"));
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.MAINTENANCE);
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.CUT_AFTER_COMMIT);

        Updated refused = run(update);
        Updated lost = run(update.after(refused));
        Updated last = run(update.after(lost));

        assertThat(refused.mayBeRunAgain()).isTrue();
        assertThat(lost.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.UNKNOWN);
        assertThat(lost.mayBeRunAgain()).isFalse();
        assertThat(last.outcomes()).isEqualTo(lost.outcomes());
        assertThat(row.journal()).hasSize(1);
    }

    @Test
    void noteThatCameWithHalfOfTheFieldsIsNotSentAgainWithTheRest() throws Exception {
        Row row = incident();
        SIMULATOR.switches().unwritable("incident.impact");
        TicketUpdate update = TicketUpdate.of(
                urgent("category=network").selection(), Map.of("urgency", "1", "impact", "1", "work_notes", "mine"));
        SIMULATOR.faults().next(writeOf(row), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(writeOf(row), Fault.MAINTENANCE);

        Updated first = run(update);
        run(update.after(first)).check();

        assertThat(first.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.FAILED);
        assertThat(row.journal()).hasSize(1);
    }
}
