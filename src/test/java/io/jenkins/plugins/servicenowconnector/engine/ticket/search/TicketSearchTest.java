package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.InvalidQuery;
import io.jenkins.plugins.servicenowconnector.simulator.table.JournalEntry;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What serviceNowGet reads. */
class TicketSearchTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final TicketSearch search = new TicketSearch(SimulatedInstance.of(SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row incident(Map<String, String> values) {
        return SIMULATOR.tables().seed("incident", values);
    }

    private Found query(String query, Integer limit, String... fields) throws Exception {
        return search.read(
                SelectionInput.of("incident", null, null, query, limit).toRead(), List.of(fields));
    }

    private ServiceNowException failure(String query, String... fields) {
        return catchThrowableOfType(ServiceNowException.class, () -> query(query, null, fields));
    }

    @Test
    void oneTicketIsReadByItsKeyWithOneRequest() throws Exception {
        Row row = incident(Map.of("short_description", "x"));

        for (SelectionInput input : List.of(
                SelectionInput.of("incident", row.number(), null, null, null),
                SelectionInput.of("incident", null, row.sysId(), null, null))) {
            Found found = search.read(input.toRead(), List.of("urgency"));
            assertThat(found.tickets()).singleElement().satisfies(ticket -> {
                assertThat(ticket.number()).isEqualTo(row.number());
                assertThat(ticket.value("short_description")).isEqualTo("x");
                assertThat(ticket.value("urgency")).isEqualTo("3");
            });
            assertThat(found.isMore()).isFalse();
        }
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void keyWithoutATicketIsAnErrorAndSoIsOneWithTwo() throws Exception {
        incident(Map.of("number", "INC0010042"));
        incident(Map.of("number", "INC0010042"));
        TicketSelection none =
                SelectionInput.of("incident", "INC1", null, null, null).toRead();
        TicketSelection two =
                SelectionInput.of("incident", "INC0010042", null, null, null).toRead();

        assertThat(catchThrowableOfType(ServiceNowException.class, () -> search.read(none, List.of()))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(catchThrowableOfType(ServiceNowException.class, () -> search.read(two, List.of()))
                        .kind())
                .isEqualTo(Kind.AMBIGUOUS);
    }

    @Test
    void queryFindsAnyNumberOfTickets() throws Exception {
        Row one = incident(Map.of("category", "network", "short_description", "a"));
        Row two = incident(Map.of("category", "network"));
        incident(Map.of("category", "software"));

        Found found = query("active=true^category=network", null);

        assertThat(found.tickets()).extracting(Ticket::number).containsExactly(one.number(), two.number());
        assertThat(found.tickets().get(0).value("category")).isEqualTo("network");
        assertThat(found.isMore()).isFalse();
        assertThat(query("category=hardware", null).tickets()).isEmpty();
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void queryGivesNoMoreThanItsLimitAndSaysSo() throws Exception {
        for (int i = 0; i < 4; i++) {
            incident(Map.of());
        }

        assertThat(query("active=true", 3).tickets()).hasSize(3);
        assertThat(query("active=true", 3).isMore()).isTrue();
        assertThat(query("active=true", 4).isMore()).isFalse();
        assertThat(query("active=true", null).tickets()).hasSize(4);
    }

    // servicenow-rest §1.3: the limit is applied before rights
    @Test
    void ticketsBehindOnesThatMayNotBeReadAreFoundAndTheOthersCounted() throws Exception {
        for (int i = 0; i < 12; i++) {
            SIMULATOR
                    .switches()
                    .unreadable(incident(Map.of("category", "network")).sysId());
        }
        Row seen = incident(Map.of("category", "network"));
        incident(Map.of("category", "network"));

        Found all = query("category=network", 5);
        assertThat(all.tickets())
                .hasSize(2)
                .first()
                .satisfies(each -> assertThat(each.number()).isEqualTo(seen.number()));
        assertThat(all.isMore()).isFalse();
        assertThat(all.unreadable()).isEqualTo(12);
        // the second page, and an empty one, since nothing says that the count includes what may not be read
        assertThat(SIMULATOR.requestCount()).isEqualTo(3);

        Found one = query("category=network", 1);
        assertThat(one.tickets()).extracting(Ticket::number).containsExactly(seen.number());
        assertThat(one.isMore()).isTrue();
    }

    // servicenow-rest §1.3 [?]: what the count counts, and whether there is one
    @ParameterizedTest
    @EnumSource(names = {"TOTAL_OF_READABLE", "NO_TOTAL"})
    void ticketsBehindOnesThatMayNotBeReadAreFoundWhateverTheCountMeans_unproven(Switch difference) throws Exception {
        SIMULATOR.switches().on(difference);
        for (int i = 0; i < 4; i++) {
            SIMULATOR
                    .switches()
                    .unreadable(incident(Map.of("category", "network")).sysId());
            incident(Map.of("category", "network"));
        }

        assertThat(query("category=network", 4).tickets()).hasSize(4);
        assertThat(query("category=network", 4).isMore()).isFalse();
        assertThat(query("category=network", 3).isMore()).isTrue();
        assertThat(query("category=hardware", 3).tickets()).isEmpty();
    }

    @Test
    void whoMayReadNothingLeafsThroughTenPagesOnly() throws Exception {
        for (int i = 0; i < 4_600; i++) {
            incident(Map.of("category", "network"));
        }
        SIMULATOR.switches().unreadable("incident");

        Found found = query("category=network", 10);

        assertThat(found.tickets()).isEmpty();
        assertThat(found.unreadable()).isEqualTo(4_600);
        assertThat(SIMULATOR.requestCount()).isEqualTo(10);
        TicketSelection changed = SelectionInput.of("incident", null, null, "category=network", 10)
                .toUpdate();
        assertThat(catchThrowableOfType(ServiceNowException.class, () -> search.find(changed, Set.of("number"))))
                .hasMessageContaining("that nobody can tell how many it may, so nothing was done")
                .extracting(ServiceNowException::kind)
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void dottedFieldsMayBeQueriedAndRead() throws Exception {
        String network = SIMULATOR
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();
        Row row = incident(Map.of("assignment_group", network));
        incident(Map.of());

        Found found = query("assignment_group.name=Network", null, "assignment_group.sys_id");

        assertThat(found.tickets()).singleElement().satisfies(ticket -> {
            assertThat(ticket.number()).isEqualTo(row.number());
            assertThat(ticket.value("assignment_group.sys_id")).isEqualTo(network);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no_such_field=1",
                "active=true^no_such_field=1",
                "active=true^ORno_such_field=1",
                "category=x^NQno_such_field=1",
                "assignment_group.no_such_field=1",
                "active=true^ORDERBYno_such_field"
            })
    void queryWithAnUnknownFieldIsRefusedAlthoughServiceNowAnswers(String query) {
        incident(Map.of("category", "x"));

        ServiceNowException error = failure(query);

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence())
                .contains("no_such_field', which incident does not have or the account may not read");
    }

    @Test
    void queryWithAFieldThatMayNotBeReadIsRefused() {
        incident(Map.of());
        SIMULATOR.switches().unreadable("incident.urgency");

        assertThat(failure("urgency=3").kind()).isEqualTo(Kind.BAD_INPUT);

        SIMULATOR.switches().invalidQuery(InvalidQuery.REFUSED);
        assertThat(failure("urgency=3").kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void journalsAreNeverRead() throws Exception {
        Row row = incident(Map.of());
        row.append(new JournalEntry("work_notes", "2026-05-11 09:00:00", "abel.tuter", "secret talk"));

        for (String field : List.of("work_notes", "comments", " parent.work_notes")) {
            assertThat(failure("active=true", field).sentence())
                    .contains(field.strip() + ", a journal, whose entries are not read into a build");
        }
        assertThat(SIMULATOR.requestCount()).isZero();
        assertThat(query("active=true", null).tickets().get(0).has("work_notes"))
                .isFalse();
        Ticket ticket = new Tickets(SimulatedInstance.of(SIMULATOR))
                .get("incident", TicketKey.sysId("sysId", row.sysId()), List.of("work_notes", "parent.comments"));
        assertThat(ticket.fields()).doesNotContainKeys("work_notes", "parent.comments");
    }

    @Test
    void fieldThatDoesNotComeBackIsNamed() throws Exception {
        incident(Map.of());
        SIMULATOR.switches().unreadable("incident.urgency");

        assertThat(query("active=true", null, "no_such_field", "urgency", "impact")
                        .missing())
                .containsExactly("no_such_field", "urgency");
        assertThat(query("category=hardware", null, "no_such_field").missing()).isEmpty();
    }

    @Test
    void fieldsAreCheckedBeforeAnyCall() {
        assertThat(failure("active=true", "a b").sentence()).startsWith("fields is 'a b'");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @Test
    void addressThatIsTooLongIsRefusedBeforeAnyCall() {
        String ids = ("0".repeat(32) + ",").repeat(60);

        ServiceNowException error = failure("sys_idIN" + ids.substring(0, ids.length() - 1));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).matches("query is too long: with it the address has 2\\d{3} characters.*");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @Test
    void tasksOfAChangeAreRead() throws Exception {
        Row change = SIMULATOR.tables().seed("change_request", Map.of());
        Row task = SIMULATOR
                .tables()
                .seed("change_task", Map.of("change_request", change.sysId(), "change_task_type", "testing"));
        SIMULATOR.tables().seed("change_task", Map.of("change_task_type", "testing"));

        Found found = search.read(
                SelectionInput.tasksOf(change.number(), "testing", null).toRead(), List.of());

        assertThat(found.tickets()).extracting(Ticket::number).containsExactly(task.number());
    }
}
