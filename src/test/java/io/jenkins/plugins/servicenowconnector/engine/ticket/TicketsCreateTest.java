package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketsCreateTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String CORRELATION = "jenkins-0123456789abcdef0123456789abcdef";

    private final Instance instance = SimulatedInstance.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Created create(String table, Map<String, ?> fields) throws Exception {
        return SingleSend.create(instance, NewTicket.of(table, "Deploy", null, null, fields), CORRELATION);
    }

    @Test
    void oneRequestCreatesATicketThatCanBeFoundAgain() throws Exception {
        Created created = create("change_request", Map.of("assignment_group", "Network"));

        Row row = SIMULATOR.desk().task(created.ticket().number());
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(created.ticket().sysId()).isEqualTo(row.sysId());
        assertThat(created.ticket().table()).isEqualTo("change_request");
        assertThat(row.get("correlation_id")).isEqualTo(CORRELATION);
        assertThat(row.get("correlation_display")).isEqualTo("Jenkins");
    }

    @Test
    void ticketHasTheUsualFieldsWithThoseSentButNoJournal() throws Exception {
        Created created = create("incident", Map.of("urgency", 1, "work_notes", "from the build"));

        Ticket ticket = created.ticket();
        assertThat(ticket.has("state")).isTrue();
        assertThat(ticket.value("urgency")).isEqualTo("1");
        assertThat(ticket.displayValue("urgency")).isEqualTo("1 - High");
        assertThat(ticket.has("work_notes")).isFalse();
        assertThat(ticket.has("caller_id")).isFalse();
        assertThat(created.notTaken()).isEmpty();
        assertThat(SIMULATOR.desk().task(ticket.number()).journal()).hasSize(1);
    }

    @Test
    void textOfAnyLanguageIsUnharmedBothWays() throws Exception {
        String text = "Zürich – 変更 🚀 \"quoted\" <b> \\ ^ORx";

        Created created = create("incident", Map.of("short_description", text));

        assertThat(created.ticket().value("short_description")).isEqualTo(text);
        assertThat(SIMULATOR.desk().task(created.ticket().number()).get("short_description"))
                .isEqualTo(text);
        assertThat(created.notTaken()).isEmpty();
    }

    @Test
    void whatServiceNowDropsSilentlyIsNamed() throws Exception {
        SIMULATOR.switches().unwritable("incident.urgency");

        Created created = create(
                "incident",
                Map.of("no_such_field", "x", "urgency", 1, "category", "no such choice", "impact", 1, "priority", 5));

        assertThat(created.notTaken()).containsExactlyInAnyOrder("no_such_field", "urgency", "category");
        // worked out from impact and urgency
        assertThat(created.report().of(FieldOutcome.Kind.CHANGED))
                .extracting(FieldOutcome::field)
                .containsExactly("priority");
    }

    @Test
    void whatIsSentByNameOrWithOtherSpacesIsTaken() throws Exception {
        Created created = create(
                "change_request",
                Map.of(
                        "assignment_group",
                        "network",
                        "description",
                        "one\r\ntwo\n",
                        "on_hold",
                        false,
                        "justification",
                        ""));

        assertThat(created.notTaken()).isEmpty();
        assertThat(created.ticket().displayValue("assignment_group")).isEqualTo("Network");
    }

    @Test
    void textThatWasShortenedIsNamed() throws Exception {
        Created created = create("incident", Map.of("short_description", "x".repeat(200)));

        assertThat(created.notTaken()).isEmpty();
        assertThat(created.report().lines())
                .containsExactly("Warning: ServiceNow shortened short_description to 160 of 200 characters.");
    }

    @Test
    void correlationOfTheUserIsKept() throws Exception {
        Created created = create("incident", Map.of("correlation_id", "mine"));

        assertThat(created.ticket().value("correlation_id")).isEqualTo("mine");
    }

    @Test
    void chosenSysIdIsTheTickets() throws Exception {
        String chosen = "0123456789abcdef0123456789abcdef";

        assertThat(create("incident", Map.of("sys_id", chosen)).ticket().sysId())
                .isEqualTo(chosen);
    }

    @Test
    void sysIdThatIsNotHonouredIsNamed() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);

        assertThat(create("incident", Map.of("sys_id", "0123456789abcdef0123456789abcdef"))
                        .notTaken())
                .containsExactly("sys_id");
    }
}
