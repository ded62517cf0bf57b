package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of a record, after servicenow-rest §1.4, §1.6, §1.7. */
class ValueShapeTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller caller = Caller.of(SIMULATOR);
    private String group;
    private String sysId;

    @BeforeEach
    void change() throws Exception {
        SIMULATOR.reset();
        group = SIMULATOR
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();
        sysId = caller.post(
                        "change_request",
                        "{\"assignment_group\":\"" + group + "\",\"start_date\":\"2026-05-11 09:14:02\"}")
                .field("sys_id");
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Response read(String parameters) throws Exception {
        return caller.get("/api/now/table/change_request/" + sysId + "?" + parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "false; false; {'state':'-5','assignment_group':{'link':'LINK','value':'GROUP'},'assigned_to':''}",
                "false; true; {'state':'-5','assignment_group':'GROUP','assigned_to':''}",
                "true; false;"
                        + " {'state':'New','assignment_group':{'link':'LINK','display_value':'Network'},'assigned_to':''}",
                "true; true; {'state':'New','assignment_group':'Network','assigned_to':''}",
                "all; false;"
                        + " {'state':{'display_value':'New','value':'-5'},'assignment_group':{'display_value':'Network',"
                        + "'value':'GROUP','link':'LINK'},'assigned_to':{'display_value':'','value':''}}",
                "all; true;"
                        + " {'state':{'display_value':'New','value':'-5'},'assignment_group':{'display_value':'Network',"
                        + "'value':'GROUP'},'assigned_to':{'display_value':'','value':''}}",
            })
    void sixShapes(String displayValue, String excludeLink, String expected) throws Exception {
        Response read = read("sysparm_fields=state,assignment_group,assigned_to&sysparm_display_value=" + displayValue
                + "&sysparm_exclude_reference_link=" + excludeLink);

        String link = SIMULATOR.url() + "/api/now/table/sys_user_group/" + group;
        String json = expected.replace('\'', '"').replace("LINK", link).replace("GROUP", group);
        assertThat(read.text()).isEqualTo("{\"result\":" + json + "}");
    }

    @Test
    void everyPlainValueIsTextAndEmptyIsEmptyText() throws Exception {
        Response read = read("");

        assertThat(read.result().path("active").isTextual()).isTrue();
        assertThat(read.result().path("sys_mod_count").asText()).isEqualTo("0");
        assertThat(read.result().path("end_date").asText("missing")).isEmpty();
    }

    @Test
    void unknownFieldsLeaveNoTraceAndDottedOnesAreFlat() throws Exception {
        Response read = read("sysparm_fields=number,no_such,assignment_group.name,assigned_to.name,no.such");

        assertThat(read.text())
                .isEqualTo("{\"result\":{\"number\":\"CHG0030001\",\"assignment_group.name\":\"Network\","
                        + "\"assigned_to.name\":\"\"}}");
    }

    @Test
    void datesAreUtcRawAndTheUsersZoneDisplayed() throws Exception {
        SIMULATOR.accounts().row("jenkins").orElseThrow().set("time_zone", "America/Los_Angeles");

        Response read = read("sysparm_fields=start_date&sysparm_display_value=all");

        assertThat(read.result().path("start_date").path("value").asText()).isEqualTo("2026-05-11 09:14:02");
        assertThat(read.result().path("start_date").path("display_value").asText())
                .isEqualTo("2026-05-11 02:14:02");
    }

    @Test
    void labelsFollowTheAdministratorAndNeverTheValue() throws Exception {
        SIMULATOR.tables().relabel("change_request", "state", "-5", "Neu");

        assertThat(read("sysparm_display_value=true").field("state")).isEqualTo("Neu");
        assertThat(read("").field("state")).isEqualTo("-5");
    }

    @Test
    void danglingReferenceKeepsItsValueWithoutDisplay() throws Exception {
        String nobody = "f".repeat(32);
        caller.patch("change_request", sysId, "{\"assigned_to\":\"" + nobody + "\"}");

        Response read =
                read("sysparm_fields=assigned_to&sysparm_display_value=all&sysparm_exclude_reference_link=true");

        assertThat(read.result().path("assigned_to").toString())
                .isEqualTo("{\"display_value\":\"\",\"value\":\"" + nobody + "\"}");
    }

    @Test
    void listOfReferencesIsOneTextOfSysIds() throws Exception {
        String beth = SIMULATOR
                .tables()
                .first("sys_user", "user_name", "beth.anglin")
                .orElseThrow()
                .sysId();
        String abel = SIMULATOR
                .tables()
                .first("sys_user", "user_name", "abel.tuter")
                .orElseThrow()
                .sysId();
        caller.patch("change_request", sysId, "{\"watch_list\":\"" + beth + "," + abel + "\"}");

        assertThat(read("").field("watch_list")).isEqualTo(beth + "," + abel);
        assertThat(read("sysparm_display_value=true").field("watch_list")).isEqualTo("Beth Anglin, Abel Tuter");
    }

    @Test
    void journalIsAppendedReadAsDisplayValueAndStoredAsRows() throws Exception {
        caller.patch("change_request", sysId, "{\"work_notes\":\"first\"}");
        caller.patch("change_request", sysId, "{\"work_notes\":\"second\"}");

        assertThat(read("").field("work_notes")).isEmpty();
        assertThat(read("sysparm_display_value=true").field("work_notes"))
                .matches("(?s)\\d{4}-.* - jenkins \\(Work notes\\)\nsecond\n\n.*\nfirst\n\n");
        assertThat(caller.query("sys_journal_field", "element_id=" + sysId + "^element=work_notes")
                        .column("value"))
                .containsExactly("first", "second");
    }

    @Test
    void linksMayNameAnotherHost() throws Exception {
        SIMULATOR.switches().linkHost("https://dev1.service-now.com");

        assertThat(read("sysparm_fields=assignment_group")
                        .result()
                        .findValue("link")
                        .asText())
                .isEqualTo("https://dev1.service-now.com/api/now/table/sys_user_group/" + group);
    }

    @Test
    void hiddenFieldIsMissing() throws Exception {
        SIMULATOR.switches().unreadable("change_request.state");

        assertThat(read("sysparm_fields=state,number").result().has("state")).isFalse();
    }

    @Test
    void choiceListsAreRowsOfSysChoice() throws Exception {
        assertThat(caller.query("sys_choice", "name=change_request^element=state^inactive=false^ORDERBYsequence")
                        .column("value"))
                .containsExactly("-5", "-4", "-3", "-2", "-1", "0", "3", "4");
    }

    @Test
    void requestItemsCanBeReadOnly() throws Exception {
        SIMULATOR.tables().seed("sc_req_item", Map.of("short_description", "Laptop"));

        assertThat(caller.get("/api/now/table/sc_req_item").column("number")).containsExactly("RITM0010001");
        assertThat(caller.post("sc_request", "{}").status()).isEqualTo(403);
    }
}
