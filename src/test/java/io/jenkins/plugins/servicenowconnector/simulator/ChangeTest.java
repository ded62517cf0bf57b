package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of a change, after servicenow-rest §3.2, §5.1, §5.2, §14. */
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

    @Test
    void closingNeedsCodeAndNotesInTheSameWrite() throws Exception {
        Row change = scheduled();
        SIMULATOR.switches().on(Switch.NO_AUTOMATIC_REVIEW);
        move(change, "-1");
        closeTasks(change);
        assertThat(move(change, "3").status()).isEqualTo(403);
        move(change, "0");

        assertThat(move(change, "3").detail())
                .isEqualTo("Data Policy Exception: The following fields are mandatory: Close code, Close notes");
        Response closed = caller.patch(
                "change_request",
                change.sysId(),
                "{\"state\":\"3\",\"close_code\":\"successful\",\"close_notes\":\"ok\"}");
        assertThat(closed.field("state")).isEqualTo("3");
        assertThat(closed.field("active")).isEqualTo("false");
    }

    @Test
    void unknownCloseCodeIsDroppedThenMissed() throws Exception {
        Row change = scheduled();
        SIMULATOR.desk().force(change.number(), ChangeState.REVIEW);

        assertThat(caller.patch(
                                "change_request",
                                change.sysId(),
                                "{\"state\":\"3\",\"close_code\":\"great\",\"close_notes\":\"ok\"}")
                        .detail())
                .endsWith("mandatory: Close code");
    }

    private void closeTasks(Row change) throws Exception {
        for (Row task : tasks(change)) {
            caller.patch("change_task", task.sysId(), "{\"state\":\"3\"}");
        }
    }

    private static List<Row> tasks(Row change) {
        return SIMULATOR.tables().rows("change_task").stream()
                .filter(task -> task.is("change_request", change.sysId()))
                .toList();
    }

    @Test
    void twoTasksAppearAfterImplement() throws Exception {
        SIMULATOR.switches().taskDelay(Duration.ofMinutes(1));
        Row change = scheduled();
        move(change, "-1");
        assertThat(tasks(change)).isEmpty();

        SIMULATOR.settle();

        assertThat(tasks(change))
                .extracting(task -> task.get("change_task_type"))
                .containsExactly("implementation", "testing");
        assertThat(tasks(change)).allMatch(task -> task.is("state", "1"));
    }

    @Test
    void openTasksBlockClosed() throws Exception {
        Row change = scheduled();
        move(change, "-1");
        assertThat(move(change, "0").status()).isEqualTo(200);

        String close = "{\"state\":\"3\",\"close_code\":\"successful\",\"close_notes\":\"ok\"}";
        assertThat(caller.patch("change_request", change.sysId(), close).detail())
                .isEqualTo(REFUSED);
        closeTasks(change);
        assertThat(caller.patch("change_request", change.sysId(), close).status())
                .isEqualTo(200);
    }

    @Test
    void lastTaskClosedBringsReviewUnlessSwitchedOff() throws Exception {
        Row change = scheduled();
        move(change, "-1");
        closeTasks(change);
        assertThat(change.get("state")).isEqualTo("0");

        SIMULATOR.switches().on(Switch.NO_AUTOMATIC_REVIEW);
        Row other = scheduled();
        move(other, "-1");
        closeTasks(other);
        assertThat(other.get("state")).isEqualTo("-1");
    }

    @ParameterizedTest
    @CsvSource({"NEW,200", "SCHEDULED,200", "IMPLEMENT,200", "REVIEW,403", "CLOSED,403"})
    void cancelIsPossibleUntilImplement(ChangeState state, int status) throws Exception {
        Row change = create("standard");
        SIMULATOR.desk().change(change.number(), java.util.Map.of("close_code", "successful", "close_notes", "ok"));
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

    @Test
    void nextStatesNameTransitionsWithTheirConditions() throws Exception {
        Row change = create("normal");

        Response next = caller.get("/api/sn_chg_rest/v1/change/" + change.sysId() + "/nextstates");

        assertThat(next.result().path("available_states")).hasSize(3);
        assertThat(next.result().path("state_label").path("-4").asText()).isEqualTo("Assess");
        var transition = next.result().path("state_transitions").path(0).path(0);
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
        Row change = scheduled();
        move(change, "-1");

        var ways = caller.get("/api/sn_chg_rest/change/" + change.sysId() + "/nextstates")
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

        Response missing =
                caller.get("/api/sn_chg_rest/change/" + create("normal").sysId() + "/nextstates");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.message()).isEqualTo("Requested URI does not represent any resource");
    }
}
