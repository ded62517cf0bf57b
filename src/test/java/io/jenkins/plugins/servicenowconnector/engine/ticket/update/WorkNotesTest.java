package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome.State;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What serviceNowReport sends. */
class WorkNotesTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final WorkNotes notes = new WorkNotes(SimulatedInstance.of(SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row row(String table) {
        return SIMULATOR.tables().seed(table, Map.of());
    }

    private static Ticket ticket(Row row) {
        return new Ticket(row.table(), row.sysId(), row.number(), Map.of());
    }

    @Test
    void noteGoesToEachTicketWithOneRequestAndChangesNothingElse() throws Exception {
        Row change = row("change_request");
        Row incident = row("incident");

        Updated updated = notes.add(List.of(ticket(change), ticket(incident)), "done [code]x[/code]");

        updated.check();
        assertThat(updated.outcomes()).extracting(UpdateOutcome::state).containsOnly(State.UPDATED);
        for (Row row : List.of(change, incident)) {
            assertThat(row.journal()).singleElement().satisfies(entry -> {
                assertThat(entry.field()).isEqualTo("work_notes");
                assertThat(entry.text()).isEqualTo("done (code)x(/code)");
            });
        }
        assertThat(SIMULATOR.requests())
                .extracting(request -> request.method() + " " + request.body())
                .containsOnly("PATCH {\"work_notes\":\"done (code)x(/code)\"}");
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void noteThatIsTooLongIsCut() throws Exception {
        Row row = row("incident");

        notes.add(List.of(ticket(row)), "x".repeat(5000));

        assertThat(row.journal().get(0).text()).hasSize(4000).endsWith("x…");
    }

    @Test
    void noteWhoseAnswerIsLostIsAWarningAndIsNotSentAgain() throws Exception {
        Row first = row("incident");
        Row second = row("incident");
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.CUT_AFTER_COMMIT);

        Updated updated = notes.add(List.of(ticket(first), ticket(second)), "done");

        assertThat(updated.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.UNKNOWN, State.UPDATED);
        assertThat(updated.outcomes().get(0).sentence())
                .startsWith("Whether the note reached " + first.number() + " is unknown, and it is not sent again");
        assertThat(first.journal()).hasSize(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void secondRunTellsOnlyThoseForWhomItMayHelp() throws Exception {
        Row told = row("incident");
        Row inDoubt = row("incident");
        Row refused = row("incident");
        Row late = row("incident");
        List<Ticket> all =
                List.of(ticket(told), ticket(inDoubt), ticket(refused), ticket(late), ticket(row("problem")));
        SIMULATOR
                .faults()
                .next(new Match("PATCH", "/api/now/table/incident/" + inDoubt.sysId()), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(new Match("PATCH", "/api/now/table/incident/" + refused.sysId()), Fault.UNSCOPED);
        SIMULATOR.faults().next(new Match("PATCH", "/api/now/table/incident/" + late.sysId()), Fault.rateLimited(5));

        SteppedClock clock = new SteppedClock();
        WorkNotes held = new WorkNotes(SimulatedInstance.held(new Holds(clock), SIMULATOR));

        Updated first = held.add(all, "done");
        clock.forward(Duration.ofSeconds(5));
        Updated second = held.add(all, "done", first, () -> false);

        assertThat(first.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.UPDATED, State.UNKNOWN, State.FAILED, State.FAILED, State.NOT_TRIED);
        assertThat(first.delay().kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(second.outcomes())
                .extracting(UpdateOutcome::state)
                .containsExactly(State.UPDATED, State.UNKNOWN, State.FAILED, State.UPDATED, State.UPDATED);
        assertThat(second.delay()).isNull();
        assertThat(List.of(told, inDoubt, late)).allMatch(row -> row.journal().size() == 1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(6);
    }

    @Test
    void whenTheTimeIsUpOneMoreIsTold() throws Exception {
        List<Ticket> all = List.of(ticket(row("incident")), ticket(row("incident")));

        Updated first = notes.add(all, "done", Updated.NOTHING, () -> true);

        assertThat(first.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.UPDATED, State.NOT_TRIED);
        assertThat(notes.add(all, "done", first, () -> true).delay()).isNull();
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void ticketThatIsGoneStopsNobody() throws Exception {
        Row row = row("incident");
        Ticket gone = new Ticket("incident", "0".repeat(32), "INC0000001", Map.of());

        Updated updated = notes.add(List.of(gone, ticket(row)), "done");

        assertThat(updated.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.FAILED, State.UPDATED);
        assertThat(updated.outcomes().get(0).failure().kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(updated.outcomes().get(0).sentence())
                .startsWith("INC0000001 was not updated: There is no such record");
    }

    @Test
    void refusedAccountIsNotTriedWithTheNextTicket() throws Exception {
        SIMULATOR.faults().always(Fault.UNAUTHENTICATED);

        Updated updated = notes.add(List.of(ticket(row("incident")), ticket(row("incident"))), "done");

        assertThat(updated.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.FAILED, State.NOT_TRIED);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void orderIsNotWrittenTo() throws Exception {
        Row order = SIMULATOR.tables().rows("sc_request").get(0);

        Updated updated = notes.add(List.of(ticket(order)), "done");

        assertThat(updated.outcomes().get(0).failure().kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @Test
    void orderThatIsNamedThroughTheParentOfAllTasksIsNotWrittenToEither() throws Exception {
        Row order = SIMULATOR.tables().rows("sc_request").get(0);
        Row incident = row("incident");
        FieldValue own = new FieldValue("sc_request", "Request");

        Updated unread = notes.add(
                List.of(
                        new Ticket("task", order.sysId(), order.number(), Map.of()),
                        new Ticket("task", incident.sysId(), incident.number(), Map.of())),
                "done");
        Updated read = notes.add(
                List.of(new Ticket("task", order.sysId(), order.number(), Map.of("sys_class_name", own))), "done");

        assertThat(unread.outcomes()).extracting(UpdateOutcome::state).containsExactly(State.NOT_TRIED, State.UPDATED);
        for (Updated updated : List.of(unread, read)) {
            assertThat(updated.outcomes().get(0).failure())
                    .hasMessage("ticketType is sc_request, which this plugin never writes.");
        }
        assertThat(order.journal()).isEmpty();
        assertThat(incident.journal()).hasSize(1);
        assertThat(SIMULATOR.requests()).extracting(Exchange::method).containsExactlyInAnyOrder("GET", "GET", "PATCH");
    }
}
