package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a change, after servicenow-rest §5.1, §14. */
class ChangeTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String REFUSED = "Operation against file 'change_request' was aborted by Business Rule "
            + "'Change Model: Check State Transition^b6dae9e15317101034d1ddeeff7b1278'. "
            + "Business Rule Stack:Change Model: Check State Transition";

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.switches().approvalDelay(Duration.ZERO).taskDelay(Duration.ZERO);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Row create(String type) throws Exception {
        Response created =
                caller.post("change_request", "{\"type\":\"" + type + "\",\"assignment_group\":\"Network\"}");
        return SIMULATOR
                .tables()
                .find("change_request", created.field("sys_id"))
                .orElseThrow();
    }

    private Row scheduled() throws Exception {
        Row change = create("standard");
        SIMULATOR.desk().move(change.number(), ChangeState.SCHEDULED);
        return change;
    }

    private Response move(Row change, String state) throws Exception {
        return caller.patch("change_request", change.sysId(), "{\"state\":\"" + state + "\"}");
    }

    @Test
    void stateOnInsertIsForcedToNewUnlessKept() throws Exception {
        assertThat(caller.post("change_request", "{\"state\":\"3\"}").field("state"))
                .isEqualTo("-5");

        SIMULATOR.switches().on(Switch.STATE_ON_INSERT_KEPT);
        assertThat(caller.post("change_request", "{\"state\":\"-2\"}").field("state"))
                .isEqualTo("-2");
    }

    @Test
    void standardChangeIsBornApprovedOthersAreNot() throws Exception {
        assertThat(create("standard").get("approval")).isEqualTo("approved");
        assertThat(create("standard").get("state")).isEqualTo("-5");
        assertThat(create("normal").get("approval")).isEqualTo("not requested");
        assertThat(create("emergency").get("approval")).isEqualTo("not requested");
    }

    @ParameterizedTest
    @CsvSource({"normal,-4", "emergency,-3", "standard,-2"})
    void requestOfApprovalIsTheFirstMove(String type, String state) throws Exception {
        Row change = create(type);

        assertThat(move(change, state).status()).isEqualTo(200);
        assertThat(change.get("state")).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"normal,-3", "normal,-2", "normal,-1", "normal,3", "emergency,-4", "standard,-1", "standard,0"})
    void stepThatTheModelDoesNotHaveIs403(String type, String state) throws Exception {
        Row change = create(type);

        Response refused = move(change, state);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("Operation Failed");
        assertThat(refused.detail()).isEqualTo(REFUSED);
        assertThat(change.get("state")).isEqualTo("-5");
    }

    @Test
    void clientCannotSkipAnApproval() throws Exception {
        Row change = create("normal");
        move(change, "-4");

        assertThat(move(change, "-3").status()).isEqualTo(403);
        assertThat(move(change, "-2").status()).isEqualTo(403);
    }

    @Test
    void withoutAssignmentGroupAChangeStaysInNew() throws Exception {
        String sysId = caller.post("change_request", "{}").field("sys_id");

        assertThat(caller.patch("change_request", sysId, "{\"state\":\"-4\"}").status())
                .isEqualTo(403);
        assertThat(caller.patch("change_request", sysId, "{\"state\":\"-4\",\"assignment_group\":\"Network\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"NEW,200", "SCHEDULED,200", "IMPLEMENT,200", "REVIEW,403", "CLOSED,403"})
    void cancelIsPossibleUntilImplement(ChangeState state, int status) throws Exception {
        Row change = create("standard");
        SIMULATOR.desk().change(change.number(), Map.of("close_code", "successful", "close_notes", "ok"));
        SIMULATOR.desk().force(change.number(), state);

        assertThat(move(change, "4").status()).isEqualTo(status);
    }

    @Test
    void holdNeedsAReasonThenBlocksEverythingButCanceled() throws Exception {
        Row change = scheduled();
        assertThat(caller.patch("change_request", change.sysId(), "{\"on_hold\":true}")
                        .detail())
                .endsWith("mandatory: On hold reason");

        SIMULATOR.desk().hold(change.number(), "freeze");

        assertThat(move(change, "-1").status()).isEqualTo(403);
        assertThat(change.get("approval")).isEqualTo("approved");
        assertThat(move(change, "4").status()).isEqualTo(200);
    }

    @Test
    void releasedChangeMovesAgain() throws Exception {
        Row change = scheduled();
        SIMULATOR.desk().hold(change.number(), "freeze");
        SIMULATOR.desk().unhold(change.number());

        assertThat(move(change, "-1").status()).isEqualTo(200);
    }

    @Test
    void settingTheSameStateIsFineOrRefusedBySwitch() throws Exception {
        Row change = create("normal");
        assertThat(move(change, "-5").status()).isEqualTo(200);

        SIMULATOR.switches().on(Switch.SAME_STATE_REFUSED);
        assertThat(move(change, "-5").status()).isEqualTo(403);
        assertThat(caller.patch("change_request", change.sysId(), "{\"description\":\"x\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void modelChoosesTheTypeAndATypeTheModel() throws Exception {
        String emergency = SIMULATOR
                .tables()
                .first("chg_model", "name", "Emergency")
                .orElseThrow()
                .sysId();

        Response byModel = caller.post("change_request", "{\"chg_model\":\"" + emergency + "\"}");
        Response byType = caller.post("change_request", "{\"type\":\"emergency\"}");
        Response byModelName = caller.post("change_request", "{\"chg_model\":\"emergency\"}");

        assertThat(byModel.field("type")).isEqualTo("emergency");
        assertThat(byType.result().path("chg_model").path("value").asText()).isEqualTo(emergency);
        assertThat(byModelName.field("type")).isEqualTo("emergency");
    }

    // servicenow-rest §14 [?]: what a type alone gives when only models create
    @Test
    void typeAloneChoosesNothingWithoutCompatibility_unproven() throws Exception {
        SIMULATOR.switches().on(Switch.TYPE_INCOMPATIBLE);

        assertThat(create("standard").get("type")).isEqualTo("normal");
        assertThat(caller.post("change_request", "{\"type\":\"standard\",\"chg_model\":\"standard\"}")
                        .field("type"))
                .isEqualTo("standard");
    }

    @Test
    void typeIsFixedOnceTheChangeHasLeftNew() throws Exception {
        Row change = scheduled();

        assertThat(caller.patch("change_request", change.sysId(), "{\"type\":\"normal\"}")
                        .field("type"))
                .isEqualTo("standard");
    }
}
