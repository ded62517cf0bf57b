package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeTaskUpdatesTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final TicketUpdates updates = new TicketUpdates(SimulatedInstance.of(SIMULATOR));
    private Row change;

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        change = SIMULATOR.tables().seed("change_request", Map.of());
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row task(Row change, String type) {
        return SIMULATOR
                .tables()
                .seed("change_task", Map.of("change_request", change.sysId(), "change_task_type", type));
    }

    private Updated close(String number, String type, Integer limit) throws Exception {
        Map<String, Object> fields = new HashMap<>(Map.of("state", 3, "close_code", "successful"));
        return updates.run(
                TicketUpdate.of(SelectionInput.tasksOf(number, type, limit).toUpdate(), fields),
                each -> {},
                () -> false);
    }

    @Test
    void allTasksOfAChangeAreWritten() throws Exception {
        Row implementation = task(change, "implementation");
        Row testing = task(change, "testing");
        Row other = task(SIMULATOR.tables().seed("change_request", Map.of()), "testing");

        Updated updated = close(change.number().toLowerCase(Locale.ROOT), null, null);

        updated.check();
        assertThat(updated.outcomes())
                .extracting(outcome -> outcome.ticket().number())
                .containsExactly(implementation.number(), testing.number());
        assertThat(implementation.get("state")).isEqualTo("3");
        assertThat(testing.get("close_code")).isEqualTo("successful");
        assertThat(other.get("state")).isEqualTo("1");
        assertThat(SIMULATOR.requestCount()).isEqualTo(3);
    }

    @Test
    void onlyTasksOfATypeAreWritten() throws Exception {
        Row implementation = task(change, "implementation");
        Row testing = task(change, "testing");

        close(change.number(), "implementation", null).check();

        assertThat(implementation.get("state")).isEqualTo("3");
        assertThat(testing.get("state")).isEqualTo("1");
    }

    @Test
    void moreTasksThanTwentyRefuseUnlessTheLimitAllowsThem() throws Exception {
        for (int i = 0; i < 21; i++) {
            task(change, "implementation");
        }

        assertThat(catchThrowableOfType(ServiceNowException.class, () -> close(change.number(), null, null))
                        .kind())
                .isEqualTo(Kind.AMBIGUOUS);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(close(change.number(), null, 21).outcomes()).hasSize(21);
    }

    @Test
    void changeWithoutTasksIsNoErrorButANumberOfNoChangeIs() throws Exception {
        assertThat(close(change.number(), null, null).outcomes()).isEmpty();

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> close("CHG9999999", null, null));
        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error.sentence()).contains("There is no ticket CHG9999999 in change_request");
    }

    @Test
    void tasksOfAnotherChangeAreNotTrusted() {
        String other = "{\"result\":[{\"sys_id\":\"" + "0".repeat(32) + "\",\"number\":\"CTASK1\","
                + "\"change_request.number\":\"CHG0000001\"}]}";
        SIMULATOR.faults().next(Fault.reply(Reply.of(200, "application/json", other)));

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> close(change.number(), null, null));

        assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(error.sentence())
                .isEqualTo("ServiceNow answered with CTASK1, whose change_request.number is not " + change.number()
                        + ", so the answer is not trusted.");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void tasksWhoseChangeMayNotBeReadAreNotWritten() throws Exception {
        Row task = task(change, "implementation");
        SIMULATOR.switches().unreadable("change_request.number");

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> close(change.number(), null, null));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(task.get("state")).isEqualTo("1");
    }
}
