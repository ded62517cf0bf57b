package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire, with what the simulator makes of it. */
class InstanceTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final TableApi tables = new TableApi(SimulatedInstance.of(SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Rows anIncident(TableApi tables) throws Exception {
        return tables.query("incident", EncodedQuery.where("active", "true"), List.of("sys_id", "number"), 1);
    }

    @Test
    void readAsksForBothValuesOfNamedFieldsWithoutLinksOrCount() throws Exception {
        anIncident(tables);

        Exchange request = SIMULATOR.requests().get(0);
        assertThat(request.query())
                .isEqualTo("sysparm_query=active%3Dtrue&sysparm_fields=sys_id,number&sysparm_display_value=all"
                        + "&sysparm_exclude_reference_link=true&sysparm_limit=1"
                        + "&sysparm_suppress_pagination_header=true&sysparm_no_count=true");
        assertThat(request.headers())
                .containsEntry("accept", "application/json")
                .containsEntry("user-agent", SimulatedInstance.USER_AGENT)
                .doesNotContainKey("content-type");
    }

    @Test
    void writeSaysThatItsBodyIsUtf8Json() throws Exception {
        tables.create("incident", Map.of("short_description", "Zürich"), List.of("number"));

        Exchange request = SIMULATOR.requests().get(0);
        assertThat(request.headers()).containsEntry("content-type", "application/json;charset=UTF-8");
        assertThat(request.body()).isEqualTo("{\"short_description\":\"Zürich\"}");
    }

    @Test
    void answerTellsTheInstancesTime() throws Exception {
        SIMULATOR.clock().offset(Duration.ofDays(-400));

        Instant at = anIncident(tables).at();

        Instant there = SIMULATOR.clock().now();
        assertThat(at).isBetween(there.minusSeconds(10), there);
    }

    @Test
    void wrongPasswordIsTriedOnceWithOneSentenceOfCauses() {
        TableApi wrong = new TableApi(SimulatedInstance.as(SIMULATOR, Simulator.USER, "wrong"));

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> anIncident(wrong));

        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(error.isPassing()).isFalse();
        assertThat(error.sentence())
                .contains("wrong user name or password")
                .contains("locked, inactive or must change its password")
                .contains("basic authentication is restricted")
                .contains("second factor")
                .contains("single sign-on only");
    }

    @Test
    void demandedSecondFactorIsToldFromAWrongPassword() {
        SIMULATOR.faults().next(Fault.MFA_DEMANDED);

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> anIncident(tables));

        assertThat(error.sentence()).contains("accepts the password but wants a second factor");
    }

    @Test
    void callThatGotNoAnswerNamesTableAndMethod() {
        SIMULATOR.faults().always(Fault.CUT);

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class, () -> tables.create("incident", Map.of(), List.of("number")));

        assertThat(error).hasMessageEndingWith("(table incident; method POST)");
    }

    @Test
    void recordIsReadByItsKeyAsTheOnlyRow() throws Exception {
        String sysId = SIMULATOR
                .tables()
                .seed("incident", Map.of("short_description", "x"))
                .sysId();

        Rows rows = tables.get("incident", sysId, List.of("sys_id", "short_description"));

        assertThat(rows.rows())
                .singleElement()
                .satisfies(row -> assertThat(row.value("short_description")).isEqualTo("x"));
        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class, () -> tables.get("incident", "0".repeat(32), List.of("sys_id")));
        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    // servicenow-rest §13 no. 4 [?]: object or array
    @Test
    void recordMayComeAsAListOfOne_unproven() throws Exception {
        TableApi canned =
                CannedInstance.json(201, "{\"result\":[{\"number\":\"CHG1\"}]}").tables();

        assertThat(canned.create("change_request", Map.of(), List.of("number")).value("number"))
                .isEqualTo("CHG1");
    }

    @Test
    void recordThatIsNoneDoesNotCount() {
        TableApi canned = CannedInstance.json(201, "{\"result\":[]}").tables();

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class, () -> canned.create("incident", Map.of(), List.of("number")));

        assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(error.sentence()).contains("something else than a record");
    }
}
