package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a change from Implement to Closed, with its tasks, after servicenow-rest §5.1, §5.2, §14. */
class ChangeCloseTest {

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

    private static Row scheduled() {
        Row change = SIMULATOR.tables().seed("change_request", Map.of("type", "standard", "approval", "approved"));
        SIMULATOR.desk().force(change.number(), ChangeState.SCHEDULED);
        return change;
    }

    private Response move(Row change, String state) throws Exception {
        return caller.patch("change_request", change.sysId(), "{\"state\":\"" + state + "\"}");
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
    void noTasksAppearOnAChangeThatMovedOn() throws Exception {
        SIMULATOR.switches().taskDelay(Duration.ofMinutes(1));
        Row change = scheduled();
        move(change, "-1");
        move(change, "4");

        SIMULATOR.settle();

        assertThat(tasks(change)).isEmpty();
    }

    @Test
    void openTasksBlockClosed() throws Exception {
        Row change = scheduled();
        move(change, "-1");
        assertThat(move(change, "0").status()).isEqualTo(200);

        String close = "{\"state\":\"3\",\"close_code\":\"successful\",\"close_notes\":\"ok\"}";
        assertThat(caller.patch("change_request", change.sysId(), close).detail())
                .contains("Check State Transition");
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
}
