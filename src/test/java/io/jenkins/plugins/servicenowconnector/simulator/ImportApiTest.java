package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.importset.StagingTables;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Import Set API as servicenow-rest §2 tells of it; what is marked [?] there is a switch here. */
class ImportApiTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String PATH = "/api/now/import/" + StagingTables.BUILDS;
    private static final String ROW = "{\"u_build\":\"deploy #1\",\"u_title\":\"Deploy failed\"}";

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row incident() {
        return SIMULATOR.tables().rows("incident").get(0);
    }

    private static Row staged() {
        return SIMULATOR.tables().rows(StagingTables.BUILDS).get(0);
    }

    @Test
    void rowIsTransformedInTheRequest() throws Exception {
        Response response = caller.send("POST", PATH, ROW);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.json().path("import_set").asText()).isEqualTo("ISET0010001");
        assertThat(response.json().path("staging_table").asText()).isEqualTo(StagingTables.BUILDS);
        JsonNode element = response.result().get(0);
        assertThat(element.path("status").asText()).isEqualTo("inserted");
        assertThat(element.path("table").asText()).isEqualTo("incident");
        assertThat(element.path("display_name").asText()).isEqualTo("number");
        assertThat(element.path("display_value").asText()).isEqualTo(incident().number());
        assertThat(element.path("sys_id").asText()).isEqualTo(incident().sysId());
        assertThat(element.path("record_link").asText())
                .isEqualTo(SIMULATOR.url() + "/api/now/table/incident/"
                        + incident().sysId());
        assertThat(incident().get("short_description")).isEqualTo("Deploy failed");
    }

    @Test
    void sameKeyUpdatesTheSameRecord() throws Exception {
        caller.send("POST", PATH, ROW);

        assertThat(status(caller.send("POST", PATH, ROW))).isEqualTo("updated");
        SIMULATOR.switches().on(Switch.UNCHANGED_IMPORT_IGNORED).on(Switch.IMPORT_ANSWERS_200);
        Response again = caller.send("POST", PATH, ROW);

        assertThat(status(again)).isEqualTo("ignored");
        assertThat(again.status()).isEqualTo(200);
        assertThat(SIMULATOR.tables().rows("incident")).hasSize(1);
    }

    @Test
    void failedTransformIsAnErrorUnderAGoodStatus() throws Exception {
        Response refused = caller.send("POST", PATH, "{\"u_build\":\"1\",\"u_state\":\"6\"}");
        Response skipped = caller.send("POST", PATH, "{\"u_title\":\"x\"}");

        assertThat(refused.status()).isEqualTo(201);
        assertThat(status(refused)).isEqualTo("error");
        assertThat(refused.result().get(0).path("error_message").asText()).contains("Resolution code");
        assertThat(refused.result().get(0).has("sys_id")).isFalse();
        assertThat(status(skipped)).isEqualTo("skipped");
        assertThat(SIMULATOR.tables().rows("incident")).isEmpty();
    }

    private static String status(Response response) throws Exception {
        return response.result().get(0).path("status").asText();
    }

    @Test
    void nestedValueIsGarbledAndUnknownColumnIsDropped() throws Exception {
        caller.send("POST", PATH, "{\"u_build\":\"1\",\"u_title\":{\"a\":\"b\"},\"u_nothing\":\"x\"}");

        assertThat(staged().get("u_title")).isEqualTo("{\"a\"=\"b\"}");
        assertThat(staged().get("u_nothing")).isEmpty();
    }

    @Test
    void answerCanComeBeforeTheTransform() throws Exception {
        SIMULATOR.switches().on(Switch.IMPORT_ASYNCHRONOUS);

        Response response = caller.send("POST", PATH, ROW);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.result()).isEmpty();
    }

    @Test
    void stagedRowIsReadInTheSameShape() throws Exception {
        Response written = caller.send("POST", PATH, ROW);

        assertThat(caller.get(PATH + "/" + staged().sysId()).text()).isEqualTo(written.text());
        assertThat(caller.get(PATH + "/" + "0".repeat(32)).status()).isEqualTo(404);
    }

    @Test
    void tableOfTheTableApiOnlyTakesTheRow() throws Exception {
        Response response = caller.post(StagingTables.BUILDS, ROW);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.field("u_title")).isEqualTo("Deploy failed");
        assertThat(SIMULATOR.tables().rows("incident")).isEmpty();
    }

    @Test
    void otherTablesAndAccountsAreRefused() throws Exception {
        SIMULATOR.accounts().add("agent", "secret", Role.ITIL);

        Response noStaging = caller.send("POST", "/api/now/import/incident", ROW);
        Response noRole = Caller.as(SIMULATOR, "agent", "secret").send("POST", PATH, ROW);
        Response noMethod = caller.send("PATCH", PATH, ROW);

        assertThat(noStaging.status()).isEqualTo(400);
        assertThat(noStaging.message()).isEqualTo("Invalid staging table");
        assertThat(noRole.status()).isEqualTo(403);
        assertThat(noRole.detail()).startsWith("ACL Exception Insert");
        assertThat(noMethod.status()).isEqualTo(405);
        assertThat(SIMULATOR.tables().rows(StagingTables.BUILDS)).isEmpty();
    }

    @Test
    void tablesAndFieldsDescribeThemselves() throws Exception {
        Response parents = caller.query("sys_db_object", "name=incident", "sysparm_fields=super_class.name,label");
        Response own = caller.query("sys_dictionary", "name=incident^element=incident_state");
        Response inherited = caller.query("sys_dictionary", "name=incident^element=short_description");

        assertThat(parents.column("super_class.name")).containsExactly("task");
        assertThat(own.column("column_label")).containsExactly("Incident state");
        assertThat(own.column("internal_type")).containsExactly("string");
        assertThat(inherited.result()).isEmpty();
    }
}
