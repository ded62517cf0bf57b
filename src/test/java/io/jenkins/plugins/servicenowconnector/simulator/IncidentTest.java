package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incidents with problems, after servicenow-rest §5.3. */
class IncidentTest {

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
    void priorityIsComputedWhateverIsSent() throws Exception {
        Response created =
                caller.post("incident", "{\"impact\":\"1\",\"urgency\":\"2\",\"priority\":\"5\",\"state\":\"2\"}");

        assertThat(created.field("priority")).isEqualTo("2");
        assertThat(created.field("incident_state")).isEqualTo("2");
    }

    @Test
    void resolvingNeedsCodeAndNotes() throws Exception {
        String sysId = caller.post("incident", "{}").field("sys_id");

        Response refused = caller.patch("incident", sysId, "{\"state\":\"6\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail())
                .isEqualTo(
                        "Data Policy Exception: The following fields are mandatory: Resolution code, Resolution notes");

        Response oldCode = caller.patch(
                "incident", sysId, "{\"state\":\"6\",\"close_code\":\"Solved (Permanently)\",\"close_notes\":\"x\"}");
        assertThat(oldCode.detail()).endsWith("mandatory: Resolution code");

        Response resolved = caller.patch(
                "incident", sysId, "{\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"x\"}");
        assertThat(resolved.field("state")).isEqualTo("6");
    }

    @Test
    void holdingNeedsAReason() throws Exception {
        String sysId = caller.post("incident", "{}").field("sys_id");

        assertThat(caller.patch("incident", sysId, "{\"state\":\"3\"}").detail())
                .endsWith("mandatory: On hold reason");
        assertThat(caller.patch("incident", sysId, "{\"state\":\"3\",\"hold_reason\":\"5\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void closedIncidentIsNotActive() throws Exception {
        Response closed =
                caller.post("incident", "{\"state\":\"7\",\"close_code\":\"User error\",\"close_notes\":\"x\"}");

        assertThat(closed.field("active")).isEqualTo("false");
    }

    @Test
    void stateOfAProblemMaySilentlyStay() throws Exception {
        String sysId = caller.post("problem", "{}").field("sys_id");
        assertThat(caller.patch("problem", sysId, "{\"state\":\"102\"}").field("state"))
                .isEqualTo("102");

        SIMULATOR.switches().on(Switch.PROBLEM_MOVES_IGNORED);
        Response stayed = caller.patch("problem", sysId, "{\"state\":\"103\"}");
        assertThat(stayed.status()).isEqualTo(200);
        assertThat(stayed.field("state")).isEqualTo("102");
    }
}
