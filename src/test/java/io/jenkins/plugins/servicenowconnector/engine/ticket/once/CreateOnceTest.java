package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState.Stage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Again;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.How;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A creation about which there is no doubt, and what is sent and saved for the case that there will be one. */
class CreateOnceTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final Attempts attempts = new Attempts(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Row stored() {
        List<Row> rows = SIMULATOR.tables().rows("incident");
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void oneRequestCreatesATicketThatCarriesItsIdentity() throws Exception {
        Identity identity = attempts.step(0);

        Done done = attempts.first(identity);

        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
        assertThat(done.how()).isEqualTo(How.CREATED);
        assertThat(done.number()).isEqualTo(1);
        assertThat(done.canBeFoundAgain()).isTrue();
        assertThat(done.created().notTaken()).isEmpty();
        assertThat(stored().sysId())
                .isEqualTo(identity.text())
                .isEqualTo(done.created().ticket().sysId());
        assertThat(stored().get("correlation_id")).isEqualTo("jenkins-" + identity.text());
        assertThat(stored().get("correlation_display")).isEqualTo("Jenkins");
    }

    @Test
    void stateIsOnDiskBeforeAnythingIsSentAndAfterwards() throws Exception {
        CreateOnce once = new CreateOnce(
                SimulatedInstance.of(SIMULATOR),
                attempts.order(),
                Marking.BOTH,
                CreateState.first(attempts.step(0)),
                state -> {
                    attempts.saved.add(state);
                    assertThat(SIMULATOR.requestCount()).isEqualTo(attempts.saved.size() - 1);
                },
                new Claims(),
                attempts.clock);

        assertThat(once.advance()).isInstanceOf(Done.class);
        assertThat(attempts.saved).extracting(CreateState::stage).containsExactly(Stage.SENDING, Stage.DONE);
        assertThat(attempts.onDisk().ticket()).isEqualTo(stored().sysId());
        assertThat(attempts.onDisk().table()).isEqualTo("incident");
    }

    @Test
    void nothingIsSentIfTheStateCannotBeSaved() throws Exception {
        CreateOnce once = new CreateOnce(
                SimulatedInstance.of(SIMULATOR),
                attempts.order(),
                Marking.BOTH,
                CreateState.first(attempts.step(0)),
                state -> {
                    throw new IOException("disk full");
                },
                new Claims(),
                attempts.clock);

        assertThat(catchThrowableOfType(IOException.class, once::advance)).hasMessage("disk full");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void stepsWithOtherKeysMakeOtherTickets(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);

        attempts.first(attempts.step(0));
        attempts.first(attempts.step(1));

        assertThat(SIMULATOR.tables().rows("incident")).hasSize(2);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void keyThatIsNotKeptIsNoticed() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);

        Done done = attempts.first(attempts.step(0));

        assertThat(done.sysIdKept()).isEqualTo(Kept.NO);
        assertThat(done.correlationKept()).isEqualTo(Kept.YES);
        assertThat(done.created().notTaken()).isEmpty();
        assertThat(done.canBeFoundAgain()).isTrue();
    }

    @Test
    void ticketThatKeepsNeitherIsNoticed() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED).unwritable("incident.correlation_id");

        assertThat(attempts.first(attempts.step(0)).canBeFoundAgain()).isFalse();
    }

    @Test
    void bothMarksCanBeSwitchedOff() throws Exception {
        Identity identity = attempts.step(0);

        attempts.marking(false, false).first(identity);

        assertThat(stored().sysId()).isNotEqualTo(identity.text());
        assertThat(stored().get("correlation_id")).isEmpty();
        assertThat(stored().get("correlation_display")).isEmpty();
    }

    @Test
    void marksOfTheUserWin() throws Exception {
        String own = "c".repeat(32);
        attempts.of("incident", Map.of("sys_id", own, "correlation_id", "mine", "correlation_display", "me"));

        attempts.first(attempts.step(0));

        assertThat(stored().sysId()).isEqualTo(own);
        assertThat(stored().get("correlation_id")).isEqualTo("mine");
        assertThat(stored().get("correlation_display")).isEqualTo("me");
    }

    @Test
    void withoutDeduplicationThereIsNoKeyAndNoSecondSending() throws Exception {
        Identity identity = Identity.none();
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attempts.first(identity));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence()).contains("Look in incident for correlation_id=jenkins-" + identity.text());
        assertThat(stored().sysId()).isNotEqualTo(identity.text());
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void withoutDeduplicationARestartInBetweenIsAnUnknownOutcome() throws Exception {
        CreateState left = CreateState.first(Identity.none())
                .sending("incident", new Mark("", "jenkins-x"), attempts.clock.instant());

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> attempts.finish(attempts.life(left)));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence()).contains("sent at 2026-03-01T12:00:00Z", "correlation_id=jenkins-x");
        assertThat(SIMULATOR.requestCount()).isZero();
    }

    static List<Fault> passing() {
        return List.of(Fault.MAINTENANCE, Fault.HIBERNATING, Fault.NOT_PROCESSED, Fault.LOGIN_PAGE);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void refusalThatPassesIsTriedAgainWithoutADoubt(Fault fault) throws Exception {
        SIMULATOR.faults().next(3, Match.method("POST"), fault);

        Done done = attempts.first(attempts.step(0));

        assertThat(done.how()).isEqualTo(How.CREATED);
        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
        assertThat(stored().sysId()).isEqualTo(done.created().ticket().sysId());
        assertThat(attempts.log).hasSize(1);
    }

    @Test
    void rateLimitIsObeyedToTheSecond() throws Exception {
        SIMULATOR.faults().next(Fault.rateLimited(37));
        CreateOnce once = attempts.life(CreateState.first(attempts.step(0)));

        Again again = (Again) once.advance();

        assertThat(Duration.between(attempts.clock.instant(), again.at())).isEqualTo(Duration.ofSeconds(37));
        assertThat(attempts.onDisk().stage()).isEqualTo(Stage.NEW);
        attempts.finish(once);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void fullQueueIsLeftAloneForUpToHalfAMinute() throws Exception {
        SIMULATOR.faults().next(Fault.OVERLOADED);

        Again again = (Again) attempts.life(CreateState.first(attempts.step(0))).advance();

        assertThat(Duration.between(attempts.clock.instant(), again.at()))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    @Test
    void missingAgentIsNoDoubtAndEndsWithTheTime() throws Exception {
        CreateOnce once = attempts.life(
                CreateState.first(attempts.step(0)),
                SimulatedInstance.over(
                        request -> {
                            throw ServiceNowException.noAnswer(Kind.NO_AGENT, "no agent with label x", false, null);
                        },
                        SIMULATOR));

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attempts.finish(once));

        assertThat(error.kind()).isEqualTo(Kind.NO_AGENT);
        assertThat(attempts.log)
                .containsExactly("Waiting for an agent: no agent with label x (table incident; method POST)");
        assertThat(attempts.onDisk().stage()).isEqualTo(Stage.NEW);
    }

    static List<Fault> lasting() {
        return List.of(
                Fault.UNAUTHENTICATED,
                Fault.UNSCOPED,
                Fault.NOT_FOUND,
                Fault.reply(Reply.error(400, "Exception while reading request", null)));
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void refusalThatLastsEndsItAndALaterAttemptLooksForNothing(Fault fault) throws Exception {
        SIMULATOR.faults().next(fault);
        Identity identity = attempts.step(0);

        assertThat(catchThrowableOfType(ServiceNowException.class, () -> attempts.first(identity)))
                .isNotNull();
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);

        assertThat(attempts.again(attempts.onDisk()).how()).isEqualTo(How.CREATED);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }
}
