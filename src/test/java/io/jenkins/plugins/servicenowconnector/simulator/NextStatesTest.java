package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The question which states come next, after servicenow-rest §3.2, §14. */
class NextStatesTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.switches().taskDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private String create(String type) throws Exception {
        return caller.post("change_request", "{\"type\":\"" + type + "\",\"assignment_group\":\"Network\"}")
                .field("sys_id");
    }

    @Test
    void nextStatesNameTransitionsWithTheirConditions() throws Exception {
        String sysId = create("normal");

        Response next = caller.get("/api/sn_chg_rest/v1/change/" + sysId + "/nextstates");

        assertThat(next.result().path("available_states")).hasSize(3);
        assertThat(next.result().path("state_label").path("-4").asText()).isEqualTo("Assess");
        JsonNode transition = next.result().path("state_transitions").path(0).path(0);
        assertThat(transition.path("to_state").asText()).isEqualTo("-4");
        assertThat(transition.path("transition_available").asBoolean()).isTrue();
        assertThat(transition
                        .path("conditions")
                        .path(1)
                        .path("condition")
                        .path("name")
                        .asText())
                .isEqualTo("Assignment group is filled");
    }

    @Test
    void nextStatesOfImplementHoldAnAutomaticAndAManualWayToReview() throws Exception {
        String sysId = create("standard");
        SIMULATOR.desk().force("CHG0030001", ChangeState.IMPLEMENT);

        JsonNode ways = caller.get("/api/sn_chg_rest/change/" + sysId + "/nextstates")
                .result()
                .path("state_transitions")
                .path(0);

        assertThat(ways.path(0).path("automatic_transition").asBoolean()).isTrue();
        assertThat(ways.path(0).path("transition_available").asBoolean()).isFalse();
        assertThat(ways.path(1).path("automatic_transition").asBoolean()).isFalse();
        assertThat(ways.path(1).path("transition_available").asBoolean()).isTrue();
    }

    @Test
    void changeApiMayNotBeInstalled() throws Exception {
        SIMULATOR.switches().on(Switch.NO_CHANGE_API);

        Response missing = caller.get("/api/sn_chg_rest/change/" + create("normal") + "/nextstates");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.message()).isEqualTo("Requested URI does not represent any resource");
    }
}
