package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Again;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.How;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Attempts at a ticket that an earlier attempt or another build may have created. */
class CreateOnceAgainTest {

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

    private static List<Row> stored() {
        return SIMULATOR.tables().rows("incident");
    }

    private static void end(Done done) {
        SIMULATOR.desk().task(done.created().ticket().number()).set("active", "false");
    }

    private static String number(Done done) {
        return done.created().ticket().number();
    }

    @ParameterizedTest
    @EnumSource
    void retryTakesTheSameTicketWithOneRequest(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        Done first = attempts.first(attempts.step(0));

        Done second = attempts.again(attempts.onDisk());

        assertThat(second.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(number(second)).isEqualTo(number(first));
        assertThat(second.number()).isEqualTo(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
        assertThat(stored()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void retryAfterADoubtFindsTheTicket(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        attempts.life(CreateState.first(attempts.step(0))).advance();

        Done second = attempts.again(attempts.onDisk());

        assertThat(second.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void whatWasNotTakenIsMissingForTheNextAttemptTooAndNothingElse() throws Exception {
        SIMULATOR.switches().unwritable("incident.category");
        attempts.of("incident", Map.of("category", "network", "urgency", "1"));
        assertThat(attempts.first(attempts.step(0)).created().notTaken()).containsExactly("category");
        stored().get(0).set("urgency", "3");

        assertThat(attempts.again(attempts.onDisk()).created().notTaken()).containsExactly("category");
        Done afterRestart = attempts.restart().finish(attempts.life(attempts.onDisk()));
        assertThat(afterRestart.created().notTaken()).containsExactly("category");
        assertThat(afterRestart.created().report().lines())
                .singleElement()
                .asString()
                .startsWith("Warning: ServiceNow did not take category: sent 'network'");

        stored().get(0).set("category", "network");
        assertThat(attempts.again(attempts.onDisk()).created().notTaken()).isEmpty();
        stored().get(0).set("category", "software");
        assertThat(attempts.again(attempts.onDisk()).created().notTaken()).isEmpty();
    }

    @Test
    void journalThatWasIgnoredStaysMissing() throws Exception {
        attempts.of("incident", Map.of("work_notes", "by Jenkins", "urgency", "1"));
        Done first = attempts.first(attempts.step(0));
        CreateState left = CreateState.first(attempts.step(0))
                .sending("incident", new Mark("", ""), Instant.EPOCH)
                .done(first.created().ticket(), List.of("work_notes"), Kept.YES, Kept.YES);

        assertThat(attempts.again(left).created().notTaken()).containsExactly("work_notes");
    }

    @Test
    void nextAttemptAfterADoubtSeesWhatWasNotTaken() throws Exception {
        SIMULATOR.switches().unwritable("incident.category");
        attempts.of("incident", Map.of("category", "network"));
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        attempts.life(CreateState.first(attempts.step(0))).advance();

        Done second = attempts.again(attempts.onDisk());

        assertThat(second.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(second.created().notTaken()).containsExactly("category");
    }

    @ParameterizedTest
    @EnumSource
    void ticketThatIsNoLongerActiveIsNotTakenAgain(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        Done first = attempts.first(attempts.step(0));
        end(first);

        Done second = attempts.again(attempts.onDisk());

        assertThat(second.how()).isEqualTo(How.CREATED);
        assertThat(second.number()).isEqualTo(2);
        assertThat(number(second)).isNotEqualTo(number(first));
        assertThat(attempts.log)
                .containsExactly("INC0010001 is no longer active and is not taken again; the next ticket is number 2.");
        assertThat(number(attempts.again(attempts.onDisk()))).isEqualTo(number(second));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void ticketOfADoubtThatEndedBeforeTheNextAttemptIsNotTaken() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        attempts.life(CreateState.first(attempts.step(0))).advance();
        stored().get(0).set("active", "false");

        assertThat(attempts.again(attempts.onDisk()).number()).isEqualTo(2);
    }

    @Test
    void ticketThatWasNeverActiveIsTakenAgainAllTheSame() throws Exception {
        attempts.of("incident", Map.of("state", 7, "close_code", "User error", "close_notes", "done"));
        Done first = attempts.first(attempts.step(0));
        assertThat(first.created().ticket().value("active")).isEqualTo("false");

        assertThat(number(attempts.again(attempts.onDisk()))).isEqualTo(number(first));
        assertThat(stored()).hasSize(1);
    }

    @Test
    void sameAttemptKeepsItsTicketAfterARestartEvenIfItEndedMeanwhile() throws Exception {
        Done first = attempts.first(attempts.step(0));
        end(first);

        assertThat(number(attempts.finish(attempts.life(attempts.onDisk())))).isEqualTo(number(first));
    }

    @Test
    void ticketThatIsGoneIsAnErrorAndNoneIsCreatedForIt() throws Exception {
        attempts.first(attempts.step(0));
        SIMULATOR.tables().remove(stored().get(0));

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> attempts.again(attempts.onDisk()));

        assertThat(error.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void restartedStageWhoseRecordIsLostLooksFirst(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        Done first = attempts.first(attempts.step(0));

        Done second = attempts.finish(attempts.life(CreateState.perhaps(attempts.step(0))));

        assertThat(second.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(number(second)).isEqualTo(number(first));
        assertThat(stored()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void onceForIsTheSameTicketInAnyBuildForOneLookMore(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        Done first = attempts.first(Attempts.onceFor("release-42"));
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);

        Done second = attempts.of("incident", Map.of("urgency", 1)).first(Attempts.onceFor("release-42"));
        Done other = attempts.first(Attempts.onceFor("release-43"));

        assertThat(number(second)).isEqualTo(number(first));
        assertThat(second.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(second.created().notTaken()).isEmpty();
        assertThat(second.canBeFoundAgain()).isTrue();
        assertThat(number(other)).isNotEqualTo(number(first));
        assertThat(stored()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void onceForGoesOnAfterManyTicketsThatEnded(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        for (int number = 1; number <= 35; number++) {
            Done done = attempts.first(Attempts.onceFor("nightly"));
            assertThat(done.how()).isEqualTo(How.CREATED);
            assertThat(done.number()).isEqualTo(number);
            end(done);
        }
        assertThat(stored()).hasSize(35);
        long before = SIMULATOR.requestCount();

        attempts.first(Attempts.onceFor("nightly"));

        assertThat(SIMULATOR.requestCount() - before).isEqualTo(4);
    }

    @Test
    void onceForTakesATicketThatWasOpenedAgain() throws Exception {
        Done first = attempts.first(Attempts.onceFor("nightly"));
        end(first);
        end(attempts.first(Attempts.onceFor("nightly")));
        SIMULATOR.desk().task(number(first)).set("active", "true");

        assertThat(number(attempts.first(Attempts.onceFor("nightly")))).isEqualTo(number(first));
    }

    @Test
    void numberThatSomebodyElseUsedDuringARestartIsNotUsedTwice() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);
        end(attempts.first(Attempts.onceFor("nightly")));
        attempts.life(CreateState.first(Attempts.onceFor("nightly"))).advance();
        CreateState left = attempts.onDisk();
        Done other = attempts.restart().first(Attempts.onceFor("nightly"));

        assertThat(number(attempts.finish(attempts.life(left)))).isEqualTo(number(other));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void onceForOnOtherTablesThanTasksCostsTwoLooks() throws Exception {
        SIMULATOR
                .tables()
                .declare(Schema.table("u_deployment")
                        .numbered("DEP", 1001)
                        .with(Column.string("short_description", 80)));
        attempts.of("u_deployment", Map.of());

        attempts.first(Attempts.onceFor("release-42"));
        assertThat(SIMULATOR.requestCount()).isEqualTo(3);

        assertThat(attempts.first(Attempts.onceFor("release-42")).how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(SIMULATOR.tables().rows("u_deployment")).hasSize(1);
    }

    static List<Arguments> refusals() {
        String words = "Error: Unique Key violation detected by database (Duplicate entry '%s' for key 'PRIMARY')";
        return List.of(
                arguments(500, "Transaction failed", words),
                arguments(400, "Duplicate entry '%s'", null),
                arguments(409, "Operation Failed", "duplicate key value violates unique constraint, %s"));
    }

    // servicenow-rest §1.1 [?]: nobody has seen the answer, so every likely one must do
    @ParameterizedTest
    @MethodSource("refusals")
    void refusedAsDuplicateMeansThatItExists(int status, String message, String detail) throws Exception {
        Identity identity = attempts.step(0);
        Done first = attempts.first(identity);
        Reply refusal = Reply.error(
                status, message.formatted(identity.text()), detail == null ? null : detail.formatted(identity.text()));
        SIMULATOR.faults().next(Match.method("POST"), Fault.reply(refusal));

        Done second = attempts.first(identity);

        assertThat(second.how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(number(second)).isEqualTo(number(first));
    }

    @Test
    void refusedAsDuplicateOfOneThatEndedMakesTheNext() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
        end(attempts.first(attempts.step(0)));

        assertThat(attempts.first(attempts.step(0)).number()).isEqualTo(2);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void refusedAsDuplicateOfOneThatNobodySeesIsSaid() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
        Identity identity = Attempts.onceFor("release-42");
        attempts.first(identity);
        SIMULATOR.switches().unreadable(identity.text());

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attempts.first(identity));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence()).contains("exists already", "of another type", "sys_id=" + identity.text());
        assertThat(stored()).hasSize(1);
    }

    @Test
    void refusedAsDuplicateOfSomethingElseIsARefusal() throws Exception {
        Reply refusal =
                Reply.error(403, "Operation Failed", "Unique Key violation (Duplicate entry 'x' for key 'u_x')");
        SIMULATOR.faults().next(Match.method("POST"), Fault.reply(refusal));

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> attempts.first(attempts.step(0)));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(attempts.onDisk().isOpen()).isFalse();
    }

    @Test
    void ownKeyOfTheUserIsTakenWhileItsTicketIsActive() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.REFUSED_AS_DUPLICATE);
        attempts.of("incident", Map.of("sys_id", "c".repeat(32)));
        Done first = attempts.first(attempts.step(0));
        assertThat(attempts.first(attempts.step(1)).how()).isEqualTo(How.TAKEN_AGAIN);
        end(first);

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> attempts.first(attempts.step(2)));

        assertThat(error.kind()).isEqualTo(Kind.NOT_TAKEN);
        assertThat(error.sentence()).startsWith("fields.sys_id is that of INC0010001, which is no longer active");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void stepsOfTheSameTicketWaitForEachOther() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        CreateOnce first = attempts.life(CreateState.first(Attempts.onceFor("release-42")));
        CreateOnce second = attempts.life(CreateState.first(Attempts.onceFor("release-42")));

        first.advance();
        Again waiting = (Again) second.advance();
        assertThat(waiting.reason()).startsWith("Another step is creating the same ticket");
        SIMULATOR.commitLate();

        assertThat(attempts.finish(first).how()).isEqualTo(How.RECOVERED);
        assertThat(attempts.finish(second).how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void doubtThatIsOlderThanTheRestartHoldsOthersToo() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        attempts.life(CreateState.first(Attempts.onceFor("release-42"))).advance();
        CreateOnce resumed = attempts.restart().life(attempts.onDisk());
        resumed.advance();

        CreateOnce other = attempts.life(CreateState.first(Attempts.onceFor("release-42")));
        assertThat(((Again) other.advance()).reason()).startsWith("Another step");
        SIMULATOR.commitLate();

        assertThat(attempts.finish(resumed).how()).isEqualTo(How.RECOVERED);
        assertThat(attempts.finish(other).how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void attemptThatWaitedForAnotherOfItsOwnLooksBeforeItSends() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        CreateState first = CreateState.first(attempts.step(0));
        CreateOnce stopped = attempts.life(first);
        stopped.advance();
        CreateOnce next = attempts.life(first);
        next.advance();
        SIMULATOR.commitLate();

        assertThat(attempts.finish(next).how()).isEqualTo(How.TAKEN_AGAIN);
        assertThat(stored()).hasSize(1);
    }

    @Test
    void stepWhoseOwnerIsGoneStopsNobodyForEver() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);
        attempts.life(CreateState.first(Attempts.onceFor("release-42"))).advance();
        Instant start = attempts.clock.instant();

        assertThat(attempts.first(Attempts.onceFor("release-42")).how()).isEqualTo(How.CREATED);
        assertThat(Duration.between(start, attempts.clock.instant())).isEqualTo(Duration.ofSeconds(160));
        assertThat(stored()).hasSize(1);
    }

    @Test
    void stoppedAttemptHoldsOthersOnlyUntilNothingOfItCanArrive() throws Exception {
        Instance stopped = SimulatedInstance.of(SIMULATOR).until(() -> true);
        assertThatThrownBy(() -> attempts.life(CreateState.first(Attempts.onceFor("release-42")), stopped)
                        .advance())
                .isInstanceOf(InterruptedException.class);
        Instant start = attempts.clock.instant();

        assertThat(attempts.first(Attempts.onceFor("release-42")).how()).isEqualTo(How.CREATED);
        assertThat(Duration.between(start, attempts.clock.instant())).isEqualTo(Duration.ofSeconds(160));
    }

    @Test
    void attemptThatIsStoppedWhileItLooksHoldsNobody() throws Exception {
        Instance stopped = SimulatedInstance.of(SIMULATOR).through(calls -> request -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> attempts.life(CreateState.first(Attempts.onceFor("release-42")), stopped)
                        .advance())
                .isInstanceOf(InterruptedException.class);
        Instant start = attempts.clock.instant();

        assertThat(attempts.first(Attempts.onceFor("release-42")).how()).isEqualTo(How.CREATED);
        assertThat(attempts.clock.instant()).isEqualTo(start);
    }

    @Test
    void timeFromNowIsComparedByTheAttemptThatSentItOnly() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        attempts.of("change_request", Map.of("start_date", "2026-05-11 09:00:00", "risk", "2"))
                .moving("start_date");
        CreateOnce first = attempts.life(CreateState.first(attempts.step(0)));
        first.advance();
        CreateState left = attempts.onDisk();
        attempts.of("change_request", Map.of("start_date", "2026-05-11 09:00:07", "risk", "3"));

        Done resumed = attempts.restart().finish(attempts.life(left));
        assertThat(resumed.how()).isEqualTo(How.RECOVERED);
        assertThat(resumed.created().report().lines())
                .singleElement()
                .asString()
                .contains("risk");
        assertThat(resumed.created().ticket().value("start_date")).isEqualTo("2026-05-11 09:00:00");

        Row stored = SIMULATOR.desk().task(number(resumed));
        stored.set("start_date", "2026-05-11 10:00:00");
        assertThat(attempts.finish(first).created().report().lines())
                .singleElement()
                .asString()
                .contains("start_date");
    }
}
