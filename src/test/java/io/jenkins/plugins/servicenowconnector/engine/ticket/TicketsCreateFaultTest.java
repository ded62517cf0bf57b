package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of a ticket whose creation was refused, or got no good answer. */
class TicketsCreateFaultTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String CORRELATION = "jenkins-0123456789abcdef0123456789abcdef";

    private final Instance servicenow = SimulatedInstance.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private ServiceNowException failure(Instance by, String table, Map<String, ?> fields) throws Exception {
        NewTicket order = NewTicket.of(table, "Deploy", null, null, fields);
        return catchThrowableOfType(ServiceNowException.class, () -> SingleSend.create(by, order, CORRELATION));
    }

    private ServiceNowException failure(Fault fault) throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), fault);
        return failure(servicenow, "incident", Map.of());
    }

    private static int stored() {
        return SIMULATOR.tables().rows("incident").size();
    }

    static List<Arguments> doubts() {
        return List.of(
                arguments(Fault.CUT, 0, "broke before the whole answer was here"),
                arguments(Fault.CUT_AFTER_COMMIT, 1, "broke before the whole answer was here"),
                arguments(Fault.CLOSED_AFTER_COMMIT, 1, "broke before the whole answer was here"),
                arguments(Fault.TRUNCATED, 1, "breaks off in the middle"),
                arguments(Fault.WRONG_CONTENT_TYPE, 1, "did not answer with JSON"),
                arguments(Fault.TRAILING_ERROR, 1, "took too long there"),
                arguments(Fault.QUOTA, 0, "took too long there"),
                arguments(Fault.QUOTA_AFTER_COMMIT, 1, "took too long there"),
                arguments(Fault.FORBIDDEN_AFTER_COMMIT, 1, "the account lacks a right"),
                arguments(Fault.BAD_GATEWAY, 0, "The gateway before"),
                arguments(Fault.reply(Reply.empty(503)), 0, "is not available now"),
                arguments(Fault.reply(Reply.of(201, "application/json", "{\"result\":{}}")), 0, "names no sys_id"));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void doubtIsAnUnknownOutcomeThatNamesWhatToLookForAndNothingIsSentAgain(Fault fault, int stored, String reason)
            throws Exception {
        ServiceNowException error = failure(fault);

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence())
                .startsWith("Whether the ticket was created is unknown: ")
                .contains(reason)
                .endsWith("Look in incident for correlation_id=" + CORRELATION + " before you run this again.");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(stored()).isEqualTo(stored);
    }

    static List<Fault> late() {
        return List.of(
                Fault.lateCommit(Duration.ofHours(1)),
                Fault.silentThenLateCommit(Duration.ofMillis(10), Duration.ofHours(1)));
    }

    @ParameterizedTest
    @MethodSource("late")
    void lateCommitIsAnUnknownOutcomeAndTheTicketIsThereLater(Fault fault) throws Exception {
        assertThat(failure(fault).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);

        assertThat(stored()).isZero();
        SIMULATOR.commitLate();
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void answerThatDoesNotComeInTimeIsAnUnknownOutcome() throws Exception {
        SIMULATOR.faults().next(Fault.slow(Duration.ofSeconds(60)));
        Limits brief = new Limits(Duration.ofSeconds(3), Duration.ofMillis(1), 10_000);

        ServiceNowException error = failure(SimulatedInstance.within(brief, SIMULATOR), "incident", Map.of());

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        Awaitility.await().until(() -> stored() == 1);
    }

    static List<Arguments> refusals() {
        return List.of(
                arguments(Fault.NOT_PROCESSED, Kind.PROTOCOL),
                arguments(Fault.MAINTENANCE, Kind.ASLEEP),
                arguments(Fault.HIBERNATING, Kind.ASLEEP),
                arguments(Fault.LOGIN_PAGE, Kind.PROTOCOL),
                arguments(Fault.LOGIN_REDIRECT, Kind.PROTOCOL),
                arguments(Fault.UNAUTHENTICATED, Kind.UNAUTHENTICATED),
                arguments(Fault.MFA_DEMANDED, Kind.UNAUTHENTICATED),
                arguments(Fault.UNSCOPED, Kind.FORBIDDEN),
                arguments(Fault.OVERLOADED, Kind.RATE_LIMITED),
                arguments(Fault.rateLimited(7), Kind.RATE_LIMITED));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalIsNoDoubt(Fault fault, Kind kind) throws Exception {
        assertThat(failure(fault).kind()).isEqualTo(kind);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(stored()).isZero();
    }

    @Test
    void missingRightIsNoDoubt() throws Exception {
        SIMULATOR.accounts().add("reader", "secret", Role.READ_ONLY);
        Instance instance = SimulatedInstance.as(SIMULATOR, "reader", "secret");

        ServiceNowException error = failure(instance, "incident", Map.of());

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence()).contains("an access rule refuses it");
        assertThat(error.facts().detail()).startsWith("ACL Exception Insert");
    }

    @Test
    void dataPolicyIsNoDoubtAndNamesItsFields() throws Exception {
        ServiceNowException error = failure(servicenow, "incident", Map.of("state", 6));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence()).contains("mandatory fields are missing");
        assertThat(error.getMessage()).contains("Resolution code, Resolution notes");
    }

    @Test
    void businessRuleIsNoDoubtAndIsNamed() throws Exception {
        String detail = "Operation against file 'incident' was aborted by Business Rule 'No deploys on Friday^"
                + "0".repeat(32) + "'. Business Rule Stack:No deploys on Friday";

        ServiceNowException error = failure(Fault.reply(Reply.error(403, "Operation Failed", detail)));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(error.sentence()).contains("a business rule of the instance stopped it");
        assertThat(error.getMessage()).contains("No deploys on Friday");
    }

    @Test
    void unknownTableIsNotFound() throws Exception {
        ServiceNowException error = failure(servicenow, "u_no_such_table", Map.of());

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(error.sentence()).contains("There is no table 'u_no_such_table'");
    }

    @Test
    void hostThatCannotBeReachedIsNoDoubt() throws Exception {
        Instance nowhere = SimulatedInstance.over(
                request -> {
                    throw ServiceNowException.noAnswer(Kind.NETWORK, "refused", false, null);
                },
                SIMULATOR);

        assertThat(failure(nowhere, "incident", Map.of()).kind()).isEqualTo(Kind.NETWORK);
    }
}
