package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent for what a user gives. */
class NewTicketTest {

    private static NewTicket incident(Map<String, ?> fields) throws ServiceNowException {
        return NewTicket.of("incident", null, null, null, fields);
    }

    private static NewTicket change(String type, Map<String, ?> fields) throws ServiceNowException {
        return NewTicket.of("change_request", null, null, type, fields);
    }

    private static ServiceNowException refused(ThrowingCallable call) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, call);
        assertThat(error).isNotNull();
        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        return error;
    }

    @Test
    void textsNumbersTruthsListsBecomeTexts() throws Exception {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("risk", 3);
        given.put("on_hold", false);
        given.put("watch_list", List.of("a", "b"));
        given.put("justification", "");
        given.put("reason", new StringBuilder("text"));

        assertThat(incident(given).values())
                .containsExactly(
                        entry("risk", "3"),
                        entry("on_hold", "false"),
                        entry("watch_list", "a,b"),
                        entry("justification", ""),
                        entry("reason", "text"));
    }

    @Test
    void fieldsWinOverTheirOwnParameters() throws Exception {
        NewTicket ticket = NewTicket.of("incident", "short", "long", null, Map.of("short_description", "other"));

        assertThat(ticket.values()).containsOnly(entry("short_description", "other"), entry("description", "long"));
    }

    @Test
    void valueThatIsNoTextIsRefusedByItsField() {
        assertThat(refused(() -> incident(Map.of("risk", Map.of()))))
                .hasMessageStartingWith("fields.risk must be a text, a number, true or false, or a list of these");
        assertThat(refused(() -> incident(Collections.singletonMap("risk", null))))
                .hasMessage("fields.risk must not be null; give '' to clear the field.");
        assertThat(refused(() -> incident(Map.of("watch_list", Arrays.asList("a", null)))))
                .hasMessageStartingWith("fields.watch_list must not be null");
        assertThat(refused(() -> incident(Map.of("watch_list", List.of(List.of())))))
                .hasMessageStartingWith("fields.watch_list must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cmdb_ci.name", "short description", "a=b"})
    void fieldNameThatIsNoneIsRefused(String name) {
        assertThat(refused(() -> incident(Map.of(name, "x")))).hasMessageStartingWith("fields ");
    }

    @Test
    void scriptIsRefusedByTheParameterThatHoldsIt() {
        assertThat(refused(() -> incident(Map.of("work_notes", " JavaScript:gs.print()"))))
                .hasMessageStartingWith("fields.work_notes must not begin with 'javascript:'");
        assertThat(refused(() -> incident(Map.of("watch_list", List.of("a", "javascript:x")))))
                .hasMessageStartingWith("fields.watch_list must not begin with 'javascript:'");
        assertThat(refused(() -> NewTicket.of("incident", "javascript:x", null, null, Map.of())))
                .hasMessageStartingWith("shortDescription must not begin with 'javascript:'");
    }

    @Test
    void journalTextCannotBecomeHtml() throws Exception {
        Map<String, String> values = incident(Map.of("work_notes", "[code]<b>[/CODE]", "description", "[code]"))
                .values();

        assertThat(values).containsOnly(entry("work_notes", "(code)<b>(/CODE)"), entry("description", "[code]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"approval", " approval"})
    void approvalIsNeverWritten(String name) {
        assertThat(refused(() -> change(null, Map.of(name, "approved"))))
                .hasMessage("fields names 'approval', which only people set, in ServiceNow.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysapproval_approver", "sysapproval_group", "sc_request", "SC_REQ_ITEM"})
    void tablesOfDecisionsOrOrdersAreNeverWritten(String table) {
        assertThat(refused(() -> NewTicket.of(table, "x", null, null, Map.of())))
                .hasMessageContaining("which this plugin never writes");
    }

    @Test
    void changeIsNormalWithTheModelOfThatName() throws Exception {
        assertThat(change(null, Map.of()).values()).containsOnly(entry("type", "normal"), entry("chg_model", "normal"));
        assertThat(change(" Emergency ", Map.of()).values())
                .containsOnly(entry("type", "emergency"), entry("chg_model", "emergency"));
    }

    @Test
    void typeAmongTheFieldsBringsItsOwnModel() throws Exception {
        assertThat(change(null, Map.of("type", "emergency")).values())
                .containsOnly(entry("type", "emergency"), entry("chg_model", "emergency"));
        assertThat(change(null, Map.of("type", "expedited")).values()).containsOnly(entry("type", "expedited"));
        assertThat(change(null, Map.of("chg_model", "cloud")).values())
                .containsOnly(entry("type", "normal"), entry("chg_model", "cloud"));
    }

    @Test
    void typeThatIsNoneIsRefused() {
        assertThat(refused(() -> change("urgent", Map.of())))
                .hasMessage("changeType must be normal, standard or emergency.");
        assertThat(refused(() -> NewTicket.of("incident", null, null, "normal", Map.of())))
                .hasMessage("changeType belongs to tickets of type change_request only.");
    }

    @Test
    void defaultDoesNotReplaceWhatTheUserGave() throws Exception {
        NewTicket ticket = incident(Map.of("correlation_id", "mine"));

        assertThat(ticket.withDefault("correlation_id", "ours")
                        .withDefault("urgency", "1")
                        .values())
                .containsOnly(entry("correlation_id", "mine"), entry("urgency", "1"));
    }
}
