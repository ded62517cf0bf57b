package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Table API's calls, after servicenow-rest §1.1, §1.2, §1.9. */
class TableApiTest {

    private static final Simulator SIMULATOR = Simulator.start();

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
    void postAnswers201WithLocationAndTheWholeRecord() throws Exception {
        Response created = caller.post("incident", "{\"short_description\":\"Printer on fire\"}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.field("number")).isEqualTo("INC0010001");
        assertThat(created.field("state")).isEqualTo("1");
        assertThat(created.field("sys_created_by")).isEqualTo("jenkins");
        assertThat(created.header("Location"))
                .isEqualTo(SIMULATOR.url() + "/api/now/table/incident/" + created.field("sys_id"));
    }

    @Test
    void numbersGoUpByTable() throws Exception {
        caller.post("change_request", "{}");

        assertThat(caller.post("change_request", "{}").field("number")).isEqualTo("CHG0030002");
        assertThat(caller.post("problem", "{}").field("number")).isEqualTo("PRB0040001");
        assertThat(caller.post("change_task", "{}").field("number")).isEqualTo("CTASK0010001");
    }

    @Test
    void recordIsReadChangedAndFoundByItsSysIdOnly() throws Exception {
        String sysId = caller.post("incident", "{\"short_description\":\"a\"}").field("sys_id");

        assertThat(caller.patch("incident", sysId, "{\"short_description\":\"b\"}")
                        .status())
                .isEqualTo(200);
        assertThat(caller.get("/api/now/table/incident/" + sysId).field("short_description"))
                .isEqualTo("b");
        Response byNumber = caller.get("/api/now/table/incident/INC0010001");
        assertThat(byNumber.status()).isEqualTo(404);
        assertThat(byNumber.message()).isEqualTo("No Record found");
    }

    @Test
    void putChangesOnlyWhatIsSent() throws Exception {
        String sysId = caller.post("incident", "{\"short_description\":\"a\",\"description\":\"long\"}")
                .field("sys_id");

        Response put = caller.send("PUT", "/api/now/table/incident/" + sysId, "{\"short_description\":\"b\"}");

        assertThat(put.field("description")).isEqualTo("long");
        String unknown = "0".repeat(32);
        assertThat(caller.send("PUT", "/api/now/table/incident/" + unknown, "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void correlationIdFindsItsRecord() throws Exception {
        caller.post("incident", "{}");
        String sysId =
                caller.post("incident", "{\"correlation_id\":\"jenkins-1\"}").field("sys_id");

        assertThat(caller.query("incident", "correlation_id=jenkins-1").column("sys_id"))
                .containsExactly(sysId);
    }

    @Test
    void headTellsTheCountWithoutABody() throws Exception {
        caller.post("incident", "{}");

        Response head = caller.send("HEAD", "/api/now/table/incident", "");

        assertThat(head.header("X-Total-Count")).isEqualTo("1");
        assertThat(head.text()).isEmpty();
    }

    @Test
    void methodOverrideAndNoResponseBodyAreHonoured() throws Exception {
        String path = "/api/now/table/incident/" + caller.post("incident", "{}").field("sys_id");

        Response patched = caller.send(
                "POST",
                path,
                "{\"short_description\":\"x\"}",
                "X-HTTP-Method-Override",
                "PATCH",
                "X-no-response-body",
                "true");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.text()).isEmpty();
        assertThat(caller.get(path).field("short_description")).isEqualTo("x");
    }

    @Test
    void everyAnswerCarriesAFreshTransactionAndACookielessCallASession() throws Exception {
        Response first = caller.get("/api/now/table/incident");
        Response second = caller.send("GET", "/api/now/table/incident", "", "Cookie", "JSESSIONID=1");

        assertThat(first.header("X-Transaction-ID"))
                .matches("[0-9a-f]{12}")
                .isNotEqualTo(second.header("X-Transaction-ID"));
        assertThat(first.header("Set-Cookie")).startsWith("JSESSIONID=");
        assertThat(second.header("Set-Cookie")).isEmpty();
        assertThat(first.header("Server")).isEqualTo("ServiceNow");
        assertThat(first.http().headers().allValues("Date")).hasSize(1);
        assertThat(first.header("Content-Type")).isEqualTo("application/json;charset=UTF-8");
    }

    @Test
    void bodyIsCompressedWhenAskedForOnly() throws Exception {
        assertThat(caller.send("GET", "/api/now/table/sys_choice", "", "Accept-Encoding", "gzip")
                        .header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(caller.get("/api/now/table/sys_choice").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void unknownTableAndUnknownPathAreBadRequests() throws Exception {
        Response table = caller.get("/api/now/table/no_such_table");
        assertThat(table.status()).isEqualTo(400);
        assertThat(table.message()).isEqualTo("Invalid table no_such_table");
        assertThat(table.json().path("status").asText()).isEqualTo("failure");

        Response path = caller.get("/api/x_custom/thing");
        assertThat(path.status()).isEqualTo(400);
        assertThat(path.message()).isEqualTo("Requested URI does not represent any resource");
    }

    // servicenow-rest §13 no. 8 [?]: the text for a malformed body
    @Test
    void malformedBodyIsABadRequest_unproven() throws Exception {
        Response malformed = caller.post("incident", "{\"short_description\":");

        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.message()).isEqualTo("Exception while reading request");
    }

    @Test
    void bodyAboveTheLimitIsABadRequest() throws Exception {
        SIMULATOR.switches().bodyLimit(10);

        assertThat(caller.post("incident", "{\"short_description\":\"x\"}").detail())
                .startsWith("Rejected large REST payload");
    }

    @Test
    void longUrlIs414() throws Exception {
        SIMULATOR.switches().urlLimit(100);

        assertThat(caller.query("incident", "sys_idIN" + "a".repeat(100)).status())
                .isEqualTo(414);
        assertThat(caller.query("incident", "sys_idINa").status()).isEqualTo(200);
    }

    @Test
    void wrongAcceptIs406AndWrongContentType415() throws Exception {
        assertThat(caller.send("GET", "/api/now/table/incident", "", "Accept", "text/css")
                        .status())
                .isEqualTo(406);
        assertThat(caller.send("POST", "/api/now/table/incident", "a=b", "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void firstVersionAnswers404WhereLaterOnesAnswerNoRows() throws Exception {
        assertThat(caller.get("/api/now/v1/table/incident").status()).isEqualTo(404);
        assertThat(caller.get("/api/now/v2/table/incident").text()).isEqualTo("{\"result\":[]}");
    }

    @Test
    void parentTableListsTheRowsOfItsChildren() throws Exception {
        SIMULATOR.tables().seed("change_request", Map.of("short_description", "x"));

        assertThat(caller.query("task", "number=CHG0030001").column("sys_class_name"))
                .containsExactly("change_request");
    }

    @Test
    void dateHeaderFollowsTheInstancesClock() throws Exception {
        SIMULATOR.clock().offset(Duration.ofDays(-365 * 20));

        Response created = caller.post("incident", "{}");

        String year = created.field("sys_created_on").substring(0, 4);
        assertThat(created.header("Date")).contains(" " + year + " ");
        assertThat(Integer.parseInt(year)).isLessThan(2020);
    }

    @Test
    void requestsAreRecorded() throws Exception {
        caller.get("/api/now/table/incident?sysparm_limit=1");
        caller.post("incident", "{}");

        assertThat(SIMULATOR.requests())
                .extracting(Exchange::toString)
                .containsExactly(
                        "GET /api/now/table/incident?sysparm_limit=1 -> 200", "POST /api/now/table/incident -> 201");
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void connectionsAreCountedNotCalls() throws Exception {
        for (int client = 0; client < 2; client++) {
            Caller fresh = Caller.of(SIMULATOR).withOwnConnection();
            for (int i = 0; i < 20; i++) {
                fresh.get("/api/now/table/incident");
            }
        }

        assertThat(SIMULATOR.connections()).isEqualTo(2);
    }
}
