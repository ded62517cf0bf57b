package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubmissionTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final Match CHANGE_API = new Match("GET", "/api/sn_chg_rest");
    private static final Match PATCH = Match.table("PATCH", "change_request");

    private final Instance instance = SimulatedInstance.of(SIMULATOR);
    private final Submission submission = new Submission(instance);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Ticket change(String type) throws Exception {
        return change(type, Map.of("assignment_group", "Network"));
    }

    private Ticket change(String type, Map<String, ?> fields) throws Exception {
        NewTicket order = NewTicket.of("change_request", "Deploy", null, type, fields);
        return SingleSend.create(instance, order, "jenkins-1").ticket();
    }

    private ServiceNowException failure(Ticket ticket) {
        return catchThrowableOfType(ServiceNowException.class, () -> submission.requestApproval(ticket));
    }

    @ParameterizedTest
    @CsvSource({"normal, -4, Assess", "emergency, -3, Authorize", "standard, -2, Scheduled"})
    void changeGoesToTheFirstStateOfItsModel(String type, String state, String label) throws Exception {
        Ticket moved = submission.requestApproval(change(type));

        assertThat(moved.value("state")).isEqualTo(state);
        assertThat(moved.displayValue("state")).isEqualTo(label);
        assertThat(moved.has("assignment_group")).isTrue();
        assertThat(SIMULATOR.desk().task(moved.number()).get("state")).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"normal, -4", "emergency, -3", "standard, -2"})
    void typeSaysWhereToGoWithoutTheChangeApi(String type, String state) throws Exception {
        SIMULATOR.switches().on(Switch.NO_CHANGE_API);

        assertThat(submission.requestApproval(change(type)).value("state")).isEqualTo(state);
    }

    static List<Fault> closedDoors() {
        return List.of(
                Fault.FORBIDDEN,
                Fault.UNSCOPED,
                Fault.reply(Reply.html(403, "Forbidden", "by the gateway")),
                Fault.reply(Reply.html(404, "Not Found", "by the gateway")));
    }

    @ParameterizedTest
    @MethodSource("closedDoors")
    void typeSaysWhereToGoWhereTheChangeApiIsClosed(Fault fault) throws Exception {
        SIMULATOR.faults().always(CHANGE_API, fault);

        assertThat(submission.requestApproval(change("normal")).value("state")).isEqualTo("-4");
    }

    @Test
    void failureOfTheChangeApiThatMayPassIsNotGuessedAround() throws Exception {
        Ticket change = change("normal");
        SIMULATOR.faults().always(CHANGE_API, Fault.MAINTENANCE);

        assertThat(failure(change).kind()).isEqualTo(Kind.ASLEEP);
        assertThat(SIMULATOR.requests()).extracting(Exchange::method).doesNotContain("PATCH");
    }

    @Test
    void unmetConditionsAreNamedAndNothingIsWritten() throws Exception {
        Ticket change = change("normal", Map.of());

        ServiceNowException error = failure(change);

        assertThat(error.kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(error.sentence())
                .isEqualTo("Approval of " + change.number()
                        + " cannot be requested yet: these conditions do not hold: Assignment group is filled.");
        assertThat(SIMULATOR.requests()).extracting(Exchange::method).doesNotContain("PATCH");
    }

    @Test
    void businessRuleSaysNoWhereTheConditionsCannotBeAsked() throws Exception {
        SIMULATOR.switches().on(Switch.NO_CHANGE_API);

        ServiceNowException error = failure(change("normal", Map.of()));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.getMessage()).contains("Change Model: Check State Transition");
    }

    @Test
    void changeThatHasLeftNewStaysAsItIs() throws Exception {
        Ticket assess = submission.requestApproval(change("normal"));
        long before = SIMULATOR.requestCount();

        assertThat(submission.requestApproval(assess)).isSameAs(assess);
        assertThat(SIMULATOR.requestCount()).isEqualTo(before);
    }

    @Test
    void changeThatSilentlyStaysInNewIsNotTaken() throws Exception {
        SIMULATOR.switches().unwritable("change_request.state");

        ServiceNowException error = failure(change("normal"));

        assertThat(error.kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(error.sentence()).contains("left it in New");
    }

    @Test
    void stateThatCannotBeReadIsNotTakenForSubmitted() throws Exception {
        SIMULATOR.switches().unreadable("change_request.state");

        ServiceNowException error = failure(change("normal"));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence()).contains("cannot be read");
    }

    @Test
    void answerOfAnotherChangeDoesNotCount() throws Exception {
        Ticket change = change("normal");
        String other = "{\"result\":{\"sys_id\":\"" + "0".repeat(32) + "\",\"state\":\"-4\"}}";
        SIMULATOR.faults().next(PATCH, Fault.reply(Reply.of(200, "application/json", other)));

        assertThat(failure(change).kind()).isEqualTo(Kind.NOT_TAKEN);
    }

    @Test
    void moveOfTheTypeIsPreferredAmongSeveral() throws Exception {
        Ticket change = change("normal");
        nextStates(move("-1", true, false), move("-4", true, false), move("4", true, false));

        assertThat(submission.requestApproval(change).value("state")).isEqualTo("-4");
    }

    @Test
    void moveThatServiceNowMakesByItselfIsNotMade() throws Exception {
        Ticket change = change("normal");
        nextStates(move("-4", true, true), move("4", true, false));

        ServiceNowException error = failure(change);

        assertThat(error.kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(error.sentence()).contains("its change model has no such move for this account now");
    }

    @Test
    void stateOfAnOwnModelIsTakenFromTheChangeApi() throws Exception {
        Ticket change = change("emergency");
        nextStates(move("-2", false, false), move("-3", true, false));
        SIMULATOR.desk().force(change.number(), ChangeState.NEW);

        assertThat(submission.requestApproval(change).value("state")).isEqualTo("-3");
    }

    @Test
    void ticketOfAnotherTypeIsRefusedBeforeAnyCall() {
        ServiceNowException error = failure(new Ticket("incident", "0".repeat(32), "INC1", Map.of()));

        assertThat(error).hasMessageStartingWith("requestApproval is for tickets of type change_request only");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    private static Map<String, Object> move(String to, boolean available, boolean automatic) {
        return Map.of(
                "display_value",
                "to " + to,
                "from_state",
                "-5",
                "to_state",
                to,
                "transition_available",
                available,
                "automatic_transition",
                automatic,
                "conditions",
                List.of());
    }

    @SafeVarargs
    private static void nextStates(Map<String, Object>... moves) throws Exception {
        List<List<Map<String, Object>>> transitions =
                List.of(moves).stream().map(List::of).toList();
        String body = new ObjectMapper().writeValueAsString(Map.of("result", Map.of("state_transitions", transitions)));
        SIMULATOR.faults().next(CHANGE_API, Fault.reply(Reply.of(200, "application/json", body)));
    }
}
