package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.GivenBody;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an operation forgets, the interfaces themselves let no decision and no order through. */
class NeverWrittenTest {

    private static final String SYS_ID = "0".repeat(32);

    private final CannedInstance instance = CannedInstance.json(200, "{\"result\":{}}");

    private void refused(Write write, String sentence) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, write::run);

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).isEqualTo(sentence);
        assertThat(instance.requests).isEmpty();
    }

    private interface Write {

        void run() throws Exception;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sysapproval_approver", "sysapproval_group", "sysapproval_history", "sc_request", "sc_req_item"})
    void tableOfDecisionsOrOrdersIsNeverWritten(String table) {
        Map<String, String> values = Map.of("state", "approved");
        String sentence = " is " + table + ", which this plugin never writes.";

        refused(() -> instance.tables().create(table, values, List.of("sys_id")), "ticketType" + sentence);
        refused(() -> instance.tables().update(table, SYS_ID, values, List.of("sys_id")), "ticketType" + sentence);
        refused(() -> new ImportSetApi(instance.open()).insert(table, values), "stagingTable" + sentence);
        refused(
                () -> new AttachmentApi(instance.open())
                        .upload(table, SYS_ID, "a.log", "text/plain", GivenBody.of(1, 1)),
                "ticketType" + sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"approval", "Approval", "APPROVAL"})
    void approvalOfATicketIsNeverWritten(String field) {
        Map<String, String> values = Map.of("short_description", "x", field, "approved");
        String sentence = "fields names '" + field + "', which only people set, in ServiceNow.";

        refused(() -> instance.tables().create("incident", values, List.of("sys_id")), sentence);
        refused(() -> instance.tables().update("incident", SYS_ID, values, List.of("sys_id")), sentence);
    }

    @Test
    void everythingElseMayBeWritten() throws Exception {
        instance.tables().update("change_request", SYS_ID, Map.of("approval_history", "x"), List.of("sys_id"));

        assertThat(instance.requests).hasSize(1);
    }
}
