package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before any call. */
class TicketRequestTest {

    private static TicketParameters change() {
        return new TicketParameters(null);
    }

    private static TicketParameters incident() {
        return new TicketParameters("incident");
    }

    private static String refused(TicketParameters given) {
        return error(catchThrowableOfType(ServiceNowException.class, () -> TicketRequest.toCreate(given)));
    }

    private static String refusedUpdate(TicketParameters given) {
        return error(catchThrowableOfType(ServiceNowException.class, () -> TicketRequest.toUpdate(given)));
    }

    private static String error(ServiceNowException error) {
        assertThat(error).isNotNull();
        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.mayHaveArrived()).isFalse();
        return error.getMessage();
    }

    @Test
    void textsNumbersTruthsListsBecomeTexts() throws Exception {
        TicketRequest request = TicketRequest.toCreate(incident()
                .shortDescription("Deploy")
                .fields(Map.of("urgency", 1, "watch_list", List.of("a", "b"), "u_yes", true, "cmdb_ci", "")));

        assertThat(request.table()).isEqualTo("incident");
        assertThat(request.own())
                .containsOnly(
                        entry("short_description", "Deploy"),
                        entry("urgency", "1"),
                        entry("watch_list", "a,b"),
                        entry("u_yes", "true"),
                        entry("cmdb_ci", ""));
    }

    @Test
    void valueThatIsNoneIsRefusedByItsField() {
        assertThat(refused(incident().fields(Collections.singletonMap("urgency", null))))
                .startsWith("fields.urgency must not be null");
        assertThat(refused(incident().fields(Map.of("urgency", Map.of())))).startsWith("fields.urgency must be a text");
        assertThat(refused(incident().fields(Map.of("urgency", " javascript:x"))))
                .startsWith("fields.urgency must not begin with 'javascript:'");
        assertThat(refused(incident().fields(Map.of("cmdb_ci.name", "x")))).startsWith("fields is 'cmdb_ci.name'");
        assertThat(refused(incident().jobDefaults(Map.of("a b", "x")))).startsWith("job defaults is 'a b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approval", "Approval", "APPROVAL"})
    void approvalIsNeverWrittenByWhateverWay(String field) {
        Map<String, String> fields = Map.of(field, "approved");
        String named = " names '" + field + "'";

        assertThat(refused(change().fields(fields)))
                .isEqualTo("fields" + named + ", which only people set, in ServiceNow.");
        assertThat(refused(change().names(fields))).startsWith("names" + named);
        assertThat(refused(change().connectorDefaults(fields))).startsWith("connector defaults" + named);
        assertThat(refused(change().jobDefaults(fields))).startsWith("job defaults" + named);
        assertThat(refusedUpdate(change().fields(fields))).startsWith("fields" + named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sysapproval_approver", "sysapproval_group", "sc_request", "SC_REQ_ITEM"})
    void tablesOfDecisionsOrOrdersAreNeverWritten(String table) {
        TicketParameters given = new TicketParameters(table).fields(Map.of("state", "1"));

        assertThat(refused(given)).contains("which this plugin never writes");
        assertThat(refusedUpdate(given)).contains("which this plugin never writes");
    }

    @Test
    void bothTemplatesAreRefused() {
        assertThat(refused(change().changeTemplate("a").formTemplate("b")))
                .startsWith("formTemplate and changeTemplate cannot both be given");
    }

    @Test
    void changeTemplateIsForStandardChangesOnly() {
        assertThat(refused(incident().changeTemplate("a")))
                .isEqualTo("changeTemplate belongs to tickets of type change_request only.");
        assertThat(refused(change().changeTemplate("a").changeType("normal")))
                .startsWith("changeTemplate makes a standard");
        assertThat(refused(change().changeTemplate("a").fields(Map.of("type", "emergency"))))
                .startsWith("changeTemplate makes a standard");
        assertThat(refused(change().changeTemplate("a").names(Map.of("type", "Emergency"))))
                .startsWith("changeTemplate makes a standard");
        assertThat(refused(change().changeTemplate("a").fields(Map.of("std_change_producer_version", "x"))))
                .startsWith("changeTemplate is given, and the field std_change_producer_version");
    }

    @Test
    void changeTemplateGoesWithStandard() throws Exception {
        assertThat(TicketRequest.toCreate(change().changeTemplate(" a ").changeType("Standard"))
                        .changeTemplate())
                .isEqualTo("a");
    }

    @Test
    void changeTypeAndModelBelongToChanges() {
        assertThat(refused(incident().changeModel("a")))
                .isEqualTo("changeModel belongs to tickets of type change_request only.");
        assertThat(refused(incident().changeType("normal")))
                .isEqualTo("changeType belongs to tickets of type change_request only.");
        assertThat(refused(change().changeType("urgent")))
                .isEqualTo("changeType must be normal, standard or emergency.");
        assertThat(refused(change().changeModel("a").fields(Map.of("chg_model", "b"))))
                .startsWith("changeModel is given, and the field chg_model in fields too");
        assertThat(refused(change().changeType("normal").names(Map.of("type", "Normal"))))
                .startsWith("changeType is given, and the field type in names too");
    }

    @Test
    void fieldIsGivenByValueOrByNameNotBoth() {
        assertThat(refused(incident()
                        .fields(Map.of("assignment_group", "x"))
                        .names(Map.of("assignment_group", "Network"))))
                .isEqualTo(
                        "names.assignment_group is given, and the field assignment_group in fields, or in a parameter"
                                + " of its own, too; give it once.");
    }

    @Test
    void nameThatCannotBeLookedUpIsRefused() {
        assertThat(refused(incident().names(Map.of("assignment_group", ""))))
                .isEqualTo("names.assignment_group must not be blank.");
        assertThat(refused(incident().names(Map.of("assignment_group", "a\nb"))))
                .startsWith("names.assignment_group must not hold line breaks");
        assertThat(refused(incident().names(Map.of("assignment_group", "x".repeat(256)))))
                .startsWith("names.assignment_group is longer than 255");
        assertThat(refused(incident().names(Map.of("watch_list", List.of()))))
                .isEqualTo("names.watch_list must not be an empty list.");
        assertThat(refused(incident().names(Collections.singletonMap("watch_list", null))))
                .startsWith("names.watch_list must not be null");
        assertThat(refused(incident().names(Map.of("cmdb_ci.name", "x")))).startsWith("names is 'cmdb_ci.name'");
        assertThat(refused(change().changeModel("javascript:x"))).startsWith("changeModel must not begin with");
        assertThat(refused(change().formTemplate("a\tb"))).startsWith("formTemplate must not hold");
        assertThat(refused(incident().requestedBy(Requester.named("javascript:x"))))
                .startsWith("requestedBy must not begin with");
        assertThat(refused(incident().affectedItems(Arrays.asList("a", null))))
                .startsWith("affectedItems must not be null");
        assertThat(refused(incident().affectedItems(List.of(" ")))).isEqualTo("affectedItems must not be blank.");
    }

    @Test
    void sameItemTwiceIsOne() throws Exception {
        assertThat(TicketRequest.toCreate(incident().affectedItems(List.of("web", "WEB", "db")))
                        .affectedItems())
                .containsExactly("web", "db");
    }

    @Test
    void requesterIsNamedOnceAndWhereThereIsOne() {
        assertThat(refused(new TicketParameters("change_task").requestedBy(Requester.named("abel"))))
                .startsWith("requestedBy belongs to tickets of type change_request, incident or problem");
        assertThat(refused(change().requestedBy(Requester.named("abel")).names(Map.of("requested_by", "beth"))))
                .startsWith("requestedBy is given, and the field requested_by in names too");
        assertThat(refused(incident().requestedBy(Requester.named("abel")).fields(Map.of("caller_id", "x"))))
                .startsWith("requestedBy is given, and the field caller_id in fields too");
    }

    @Test
    void dateThatIsNoneIsRefused() {
        assertThat(refused(change().fields(Map.of("start_date", "+soon"))))
                .startsWith("fields.start_date is not a time from now such as '+2h'");
        assertThat(refused(change().fields(Map.of("end_date", "2026-05-11T10:00:00"))))
                .startsWith("fields.end_date must be UTC such as");
    }

    @Test
    void updateTakesChangesOnlyAndAtLeastOne() throws Exception {
        assertThat(refusedUpdate(incident().workNote("x"))).startsWith("fields must name what is to be changed");
        assertThat(refusedUpdate(change().changeType("normal"))).isEqualTo("changeType is for new tickets only.");
        assertThat(refusedUpdate(change().changeTemplate("a"))).isEqualTo("changeTemplate is for new tickets only.");
        assertThat(refusedUpdate(change().requestedBy(Requester.named("a"))))
                .isEqualTo("requestedBy is for new tickets only.");
        assertThat(TicketRequest.toUpdate(incident().affectedItems(List.of("web")))
                        .creates())
                .isFalse();
    }

    @Test
    void sameParametersAndOnlyTheySayTheSame() throws Exception {
        Map<String, String> one = said(change().fields(Map.of("start_date", "+2h")));

        assertThat(said(change().fields(Map.of("start_date", "+2h"))
                        .workNote("build 7")
                        .connectorDefaults(Map.of("category", "Software"))
                        .requestedBy(Requester.starter("abel", null, null))))
                .isEqualTo(one)
                .containsExactly(entry("fields.start_date", "+2h"));
        assertThat(said(change().names(Map.of("watch_list", List.of("a", "b")))
                        .changeType("normal")
                        .changeModel("Fast")
                        .formTemplate("Outage")
                        .requestedBy(Requester.named("abel"))
                        .affectedItems(List.of("web"))))
                .containsExactly(
                        entry("names.watch_list[0]", "a"),
                        entry("names.watch_list[1]", "b"),
                        entry("changeType", "normal"),
                        entry("changeModel", "Fast"),
                        entry("formTemplate", "Outage"),
                        entry("requestedBy", "abel"),
                        entry("affectedItems[0]", "web"));
        assertThat(said(change().changeTemplate("Add switch"))).containsExactly(entry("changeTemplate", "Add switch"));
    }

    private static Map<String, String> said(TicketParameters given) throws ServiceNowException {
        return TicketRequest.toCreate(given).said();
    }

    @Test
    void entryOfTheUsersOwnInAJournalIsToldFromOurs() throws Exception {
        assertThat(TicketRequest.toUpdate(incident().fields(Map.of("comments", "hello")))
                        .hasJournal())
                .isTrue();
        assertThat(TicketRequest.toUpdate(
                                incident().fields(Map.of("urgency", "1")).workNote("by Jenkins"))
                        .hasJournal())
                .isFalse();
    }
}
