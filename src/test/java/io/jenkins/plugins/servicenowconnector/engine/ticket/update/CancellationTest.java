package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome.State;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancellationTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Cancellation cancellation = new Cancellation(SimulatedInstance.of(SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row change(String state) {
        return SIMULATOR.tables().seed("change_request", Map.of("state", state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "-4", "-3", "-2"})
    void changeThatHasNotBegunIsCanceledWithTheReason(String state) throws Exception {
        Row change = change(state);

        UpdateOutcome outcome = cancellation.cancel(change.sysId(), "build was aborted [code]");

        assertThat(outcome.state()).isEqualTo(State.UPDATED);
        assertThat(outcome.ticket().value("state")).isEqualTo("4");
        assertThat(change.get("state")).isEqualTo("4");
        assertThat(change.journal())
                .singleElement()
                .satisfies(entry -> assertThat(entry.text()).isEqualTo("build was aborted (code)"));
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "3", "4"})
    void changeThatIsUnderWayOrFinishedStaysAsItIs(String state) throws Exception {
        Row change = change(state);

        UpdateOutcome outcome = cancellation.cancel(change.sysId(), "build was aborted");

        assertThat(outcome.state()).isEqualTo(State.UNCHANGED);
        assertThat(change.get("state")).isEqualTo(state);
        assertThat(change.journal()).isEmpty();
    }

    @Test
    void lostAnswerIsReadBack() throws Exception {
        Row change = change("-4");
        SIMULATOR.faults().next(Match.method("PATCH"), Fault.CUT_AFTER_COMMIT);

        assertThat(cancellation.cancel(change.sysId(), "x").state()).isEqualTo(State.UPDATED);
        assertThat(change.journal()).hasSize(1);
    }

    @Test
    void stateThatIsKeptIsNotTaken() throws Exception {
        Row change = change("-4");
        SIMULATOR.switches().unwritable("change_request.state");

        assertThat(cancellation.cancel(change.sysId(), "x").report().notTaken()).containsExactly("state");
    }

    @Test
    void changeThatCannotBeReadIsAnError() {
        assertThat(catchThrowableOfType(ServiceNowException.class, () -> cancellation.cancel("0".repeat(32), "x"))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }
}
