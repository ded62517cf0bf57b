package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a write quietly does not store, after servicenow-rest §1.1, §1.7, §1.8, §14. */
class SilentDropTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void unknownFieldsAndPlatformFieldsAreDropped() throws Exception {
        Response created =
                caller.post("incident", "{\"u_unknown\":\"x\",\"sys_created_by\":\"me\",\"sys_mod_count\":\"7\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.result().has("u_unknown")).isFalse();
        assertThat(created.field("sys_created_by")).isEqualTo("jenkins");
        assertThat(created.field("sys_mod_count")).isEqualTo("0");
    }

    @Test
    void longTextsAreCut() throws Exception {
        Response created = caller.post(
                "incident",
                "{\"short_description\":\"%s\",\"correlation_id\":\"%s\"}".formatted("s".repeat(200), "c".repeat(200)));

        assertThat(created.field("short_description")).hasSize(160);
        assertThat(created.field("correlation_id")).hasSize(100);
    }

    @Test
    void valueOutsideTheChoiceListIsNotStoredUnlessTheInstanceAllowsIt() throws Exception {
        assertThat(caller.post("change_request", "{\"risk\":\"9\"}").field("risk"))
                .isEqualTo("3");
        // a label is not a value
        assertThat(caller.post("change_request", "{\"risk\":\"Low\"}").field("risk"))
                .isEqualTo("3");

        SIMULATOR.switches().on(Switch.CHOICES_KEPT);
        assertThat(caller.post("change_request", "{\"risk\":\"9\"}").field("risk"))
                .isEqualTo("9");
    }

    @Test
    void fieldClosedForWritingStaysWith200() throws Exception {
        SIMULATOR.switches().unwritable("incident.urgency");
        String sysId = caller.post("incident", "{}").field("sys_id");

        Response patched = caller.patch("incident", sysId, "{\"urgency\":\"1\"}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.field("urgency")).isEqualTo("3");
    }

    @Test
    void emptyTextClearsAField() throws Exception {
        String sysId = caller.post("incident", "{\"description\":\"x\"}").field("sys_id");

        assertThat(caller.patch("incident", sysId, "{\"description\":\"\"}").field("description"))
                .isEmpty();
    }

    // servicenow-rest §13 no. 8 [?]: JSON null
    @Test
    void nullClearsAField_unproven() throws Exception {
        String sysId = caller.post("incident", "{\"description\":\"x\"}").field("sys_id");

        assertThat(caller.patch("incident", sysId, "{\"description\":null}").field("description"))
                .isEmpty();
    }

    // servicenow-rest §1.6 [?]: a text that is no date in the stored form
    @Test
    void isoDateIsNotStored_unproven() throws Exception {
        Response created = caller.post("change_request", "{\"start_date\":\"2026-05-11T09:14:02Z\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.field("start_date")).isEmpty();
    }

    // servicenow-rest §1.7 [?]: a reference given by name without sysparm_input_display_value
    @Test
    void referenceIsMatchedByDisplayValueElseEmpty_unproven() throws Exception {
        Response known = caller.post("incident", "{\"cmdb_ci\":\"payments-prod\"}");
        Response unknown = caller.post("incident", "{\"cmdb_ci\":\"no such\"}");

        assertThat(known.result().path("cmdb_ci").path("value").asText()).matches("[0-9a-f]{32}");
        assertThat(unknown.field("cmdb_ci")).isEmpty();
    }

    @Test
    void booleansAndNumbersAreTakenAsJsonToo() throws Exception {
        SIMULATOR.tables().declare(Schema.table("u_t").with(Column.integer("u_n"), Column.yesNo("u_b")));

        Response created = caller.post("u_t", "{\"u_n\":7,\"u_b\":true}");

        assertThat(created.field("u_n")).isEqualTo("7");
        assertThat(created.field("u_b")).isEqualTo("true");
        assertThat(caller.post("u_t", "{\"u_n\":\"seven\"}").field("u_n")).isEmpty();
    }

    @Test
    void nestedValuesAreDropped() throws Exception {
        assertThat(caller.post("incident", "{\"description\":{\"a\":1}}").field("description"))
                .isEmpty();
    }

    @Test
    void displayValuesAreTakenWhenAskedFor() throws Exception {
        SIMULATOR.accounts().row("jenkins").orElseThrow().set("time_zone", "Europe/Berlin");

        Response created = caller.post(
                "change_request?sysparm_input_display_value=true",
                "{\"risk\":\"Low\",\"start_date\":\"2026-05-11 12:00:00\",\"assignment_group\":\"Network\"}");

        assertThat(created.field("risk")).isEqualTo("4");
        assertThat(created.field("start_date")).isEqualTo("2026-05-11 10:00:00");
    }

    @Test
    void mandatoryFieldOfACustomTableIsADataPolicy() throws Exception {
        SIMULATOR
                .tables()
                .declare(Schema.table("u_t").with(Column.string("u_owner", 40).asMandatory()));

        Response refused = caller.post("u_t", "{}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).isEqualTo("Data Policy Exception: The following fields are mandatory: Owner");
    }

    @Test
    void ofSeveralRecordsTheFirstCounts() throws Exception {
        caller.post("incident", "[{\"short_description\":\"a\"},{\"short_description\":\"b\"}]");

        assertThat(caller.get("/api/now/table/incident").column("short_description"))
                .containsExactly("a");
    }

    // servicenow-rest §1.1 [?]: an update that changes nothing
    @Test
    void updateWithoutChangeDoesNotCount_unproven() throws Exception {
        String sysId = caller.post("incident", "{\"description\":\"x\"}").field("sys_id");

        assertThat(caller.patch("incident", sysId, "{\"description\":\"x\"}").field("sys_mod_count"))
                .isEqualTo("0");
        assertThat(caller.patch("incident", sysId, "{\"description\":\"y\"}").field("sys_mod_count"))
                .isEqualTo("1");
    }

    @Test
    void sysIdOfAPostIsHonoured() throws Exception {
        assertThat(post(ID).field("sys_id")).isEqualTo(ID);
        assertThat(post("INC1").field("sys_id")).isNotEqualTo("INC1");
    }

    // servicenow-rest §13 no. 8 [?]: a sys_id that is posted twice
    @Test
    void sysIdPostedAgainMakesASecondRecord_unproven() throws Exception {
        post(ID);

        assertThat(post(ID).status()).isEqualTo(201);
        assertThat(caller.get("/api/now/table/incident").result()).hasSize(2);
    }

    // servicenow-rest §13 no. 8 [?]: a sys_id that is posted twice
    @Test
    void sysIdPostedAgainIsRefusedAsDuplicate_unproven() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);

        assertThat(post(ID).field("sys_id")).isEqualTo(ID);
        Response again = post(ID);
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.detail()).contains("Unique Key violation");
        Response ofAnotherType = caller.post("problem", "{\"sys_id\":\"" + ID + "\"}");
        assertThat(ofAnotherType.status()).as("all tasks share their keys").isEqualTo(403);
    }

    @Test
    void sysIdOfAPostIsIgnoredBySwitch() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);

        assertThat(post(ID).field("sys_id")).isNotEqualTo(ID);
    }

    private Response post(String sysId) throws Exception {
        return caller.post("incident", "{\"sys_id\":\"" + sysId + "\"}");
    }
}
