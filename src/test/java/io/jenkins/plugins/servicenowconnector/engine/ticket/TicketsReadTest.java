package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.InvalidQuery;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TicketsReadTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String ABSENT = "0".repeat(32);

    private final Tickets tickets = new Tickets(SimulatedInstance.of(SIMULATOR));

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

    private Ticket get(TicketKey key, String... fields) throws Exception {
        return tickets.get("incident", key, List.of(fields));
    }

    private ServiceNowException failure(String table, TicketKey key) {
        return catchThrowableOfType(ServiceNowException.class, () -> tickets.get(table, key, List.of()));
    }

    private static TicketKey number(String number) throws ServiceNowException {
        return TicketKey.number("ticketNumber", number);
    }

    private static TicketKey sysId(String sysId) throws ServiceNowException {
        return TicketKey.sysId("sysId", sysId);
    }

    @Test
    void ticketIsReadByNumberOrSysIdWithWhatWasAskedFor() throws Exception {
        String group = SIMULATOR
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();
        Row row = incident(Map.of("short_description", "x", "assignment_group", group));
        incident(Map.of("short_description", "another"));

        for (TicketKey key : List.of(number(row.number()), sysId(row.sysId()))) {
            Ticket ticket = get(key, "assignment_group.name", "urgency", "no_such_field");
            assertThat(ticket.sysId()).isEqualTo(row.sysId());
            assertThat(ticket.number()).isEqualTo(row.number());
            assertThat(ticket.value("short_description")).isEqualTo("x");
            assertThat(ticket.value("assignment_group")).isEqualTo(group);
            assertThat(ticket.displayValue("assignment_group")).isEqualTo("Network");
            assertThat(ticket.value("assignment_group.name")).isEqualTo("Network");
            assertThat(ticket.has("urgency")).isTrue();
            assertThat(ticket.has("no_such_field")).isFalse();
        }
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void numberIsReadWhateverItsCase() throws Exception {
        Row row = incident(Map.of());

        assertThat(get(number(row.number().toLowerCase(Locale.ROOT))).sysId()).isEqualTo(row.sysId());
    }

    @Test
    void absentNumberIsNotFound() throws Exception {
        incident(Map.of());

        ServiceNowException error = failure("incident", number("INC9999999"));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error.sentence()).startsWith("There is no ticket INC9999999 in incident that the account may see");
        assertThat(failure("incident", sysId(ABSENT)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void ticketOfAnotherTypeIsNotFound() throws Exception {
        Row row = incident(Map.of());

        assertThat(failure("problem", number(row.number())).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void twoTicketsOfANumberAreAmbiguous() throws Exception {
        incident(Map.of("number", "INC0010042"));
        incident(Map.of("number", "INC0010042"));

        ServiceNowException error = failure("incident", number("INC0010042"));

        assertThat(error.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(error.sentence()).contains("more than one ticket INC0010042 in incident; give the sys_id");
    }

    @Test
    void firstOfAllIsNeverTakenWhenTheTableHasNoNumbers() throws Exception {
        SIMULATOR.tables().seed("cmdb_ci", Map.of("name", "web-prod-02"));

        ServiceNowException error = failure("cmdb_ci", number("CHG0030001"));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void ticketWhoseNumberMayNotBeReadIsNotFound() throws Exception {
        Row row = incident(Map.of());
        SIMULATOR.switches().unreadable("incident.number");

        assertThat(failure("incident", number(row.number())).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void queryThatIsRefusedIsForbidden() throws Exception {
        SIMULATOR.switches().invalidQuery(InvalidQuery.REFUSED).unreadable("incident.number");

        ServiceNowException error = failure("incident", number("INC0010001"));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence()).contains("may not query by one of the fields asked for");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "INC1^ORnumberISNOTEMPTY", "javascript:gs.x()", "INC1\nINC2", "INC1\u0007"})
    void keyThatCouldChangeTheQueryIsRefusedBeforeAnyCall(String key) {
        ServiceNowException byNumber = catchThrowableOfType(ServiceNowException.class, () -> get(number(key)));
        ServiceNowException bySysId = catchThrowableOfType(ServiceNowException.class, () -> get(sysId(key)));

        assertThat(byNumber).hasMessageStartingWith("ticketNumber ");
        assertThat(bySysId).hasMessageStartingWith("sysId ");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @Test
    void fieldThatIsNoneIsRefusedBeforeAnyCall() throws Exception {
        TicketKey key = number("INC0010001");

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> get(key, "a,b"));

        assertThat(error).hasMessageStartingWith("fields is 'a,b'");
        assertThat(SIMULATOR.requestCount()).isZero();
    }
}
