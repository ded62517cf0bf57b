package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState.Stage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Done;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.How;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.InvalidQuery;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches.SysIdInPost;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows when nobody knows whether the ticket was created. */
class CreateOnceDoubtTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final Duration SETTLED = Duration.ofSeconds(160);

    private final Attempts attempts = new Attempts(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
        SIMULATOR.tables().seed("incident", Map.of("short_description", "of somebody else"));
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static int stored(String table) {
        return SIMULATOR.tables().rows(table).size();
    }

    private static long posts() {
        return SIMULATOR.requests().stream()
                .filter(each -> each.method().equals("POST"))
                .count();
    }

    private ServiceNowException failure(CreateState state) {
        return catchThrowableOfType(ServiceNowException.class, () -> attempts.finish(attempts.life(state)));
    }

    static List<Fault> lostAnswers() {
        return List.of(
                Fault.CUT_AFTER_COMMIT,
                Fault.CLOSED_AFTER_COMMIT,
                Fault.CUT_IN_ANSWER,
                Fault.TRUNCATED,
                Fault.WRONG_CONTENT_TYPE,
                Fault.TRAILING_ERROR,
                Fault.QUOTA_AFTER_COMMIT,
                Fault.FORBIDDEN_AFTER_COMMIT);
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void ticketWhoseAnswerWasLostIsFoundAtOnce(Fault fault) throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), fault);
        Instant start = attempts.clock.instant();

        Done done = attempts.first(attempts.step(0));

        assertThat(done.how()).isEqualTo(How.RECOVERED);
        assertThat(done.created().ticket().number()).isEqualTo("INC0010002");
        assertThat(attempts.clock.instant()).isEqualTo(start);
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
        assertThat(stored("incident")).isEqualTo(2);
        assertThat(attempts.log).singleElement().asString().endsWith("looking for it.");
    }

    @ParameterizedTest
    @EnumSource
    void withEveryAnswerToAKeyTheTicketIsFound(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

        Done done = attempts.first(attempts.step(0));

        assertThat(done.how()).isEqualTo(How.RECOVERED);
        assertThat(done.sysIdKept()).isEqualTo(answer == SysIdInPost.IGNORED ? Kept.NO : Kept.YES);
        assertThat(stored("incident")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void eitherMarkAloneIsEnough(boolean sysId, boolean correlationId) throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

        assertThat(attempts.marking(sysId, correlationId)
                        .first(attempts.step(0))
                        .how())
                .isEqualTo(How.RECOVERED);
        assertThat(stored("incident")).isEqualTo(2);
    }

    static List<Fault> cuts() {
        return List.of(Fault.CUT, Fault.QUOTA, Fault.BAD_GATEWAY, Fault.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void whatNeverArrivedIsSentAgainOnlyWhenItCannotArriveAnyMore(Fault fault) throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), fault);
        Instant start = attempts.clock.instant();

        Done done = attempts.first(attempts.step(0));

        assertThat(done.how()).isEqualTo(How.CREATED);
        assertThat(Duration.between(start, attempts.clock.instant())).isEqualTo(SETTLED);
        // a look every 5 s, the first at once, and one for what the account can see at all
        assertThat(SIMULATOR.requests())
                .extracting(Exchange::method)
                .hasSize(1 + 33 + 1 + 1)
                .startsWith("POST", "GET")
                .endsWith("GET", "POST");
        assertThat(stored("incident")).isEqualTo(2);
        assertThat(attempts.log).hasSize(3).last().asString().contains("160 s after", "sending it again");
    }

    @ParameterizedTest
    @EnumSource
    void commitThatComesAfterTheFirstLookIsFound(SysIdInPost answer) throws Exception {
        SIMULATOR.switches().sysIdInPost(answer);
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        Instant start = attempts.clock.instant();

        Done done = attempts.after(31, SIMULATOR::commitLate).first(attempts.step(0));

        assertThat(done.how()).isEqualTo(How.RECOVERED);
        assertThat(Duration.between(start, attempts.clock.instant())).isEqualTo(Duration.ofSeconds(155));
        assertThat(posts()).isEqualTo(1);
        assertThat(stored("incident")).isEqualTo(2);
    }

    @Test
    void restartBetweenSavingAndSendingSendsOnce() throws Exception {
        CreateState left = CreateState.first(attempts.step(0))
                .sending(
                        "incident", Marking.BOTH.mark(attempts.order(), attempts.step(0), 1), attempts.clock.instant());

        Done done = attempts.finish(attempts.life(left));

        assertThat(done.how()).isEqualTo(How.CREATED);
        assertThat(stored("incident")).isEqualTo(2);
    }

    @Test
    void restartBetweenSendingAndSavingFindsTheTicketEvenIfItEndedMeanwhile() throws Exception {
        attempts.first(attempts.step(0));
        SIMULATOR.tables().rows("incident").get(1).set("active", "false");
        CreateState left = attempts.saved.get(0);
        assertThat(left.stage()).isEqualTo(Stage.SENDING);

        Done done = attempts.finish(attempts.life(left));

        assertThat(done.how()).isEqualTo(How.RECOVERED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void restartDoesNotShortenTheTimeBeforeItIsSentAgain() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        CreateOnce once = attempts.life(CreateState.first(attempts.step(0)));
        once.advance();
        attempts.clock.forward(SETTLED.minusSeconds(1));

        attempts.restart().after(2, SIMULATOR::commitLate);
        attempts.finish(attempts.life(attempts.onDisk()));

        assertThat(posts()).isEqualTo(1);
        assertThat(stored("incident")).isEqualTo(2);
    }

    @Test
    void clockThatIsSetBackDoesNotMakeItSendEarly() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);
        CreateOnce once = attempts.life(CreateState.first(attempts.step(0)));
        once.advance();
        attempts.clock.forward(Duration.ofHours(-2));
        Instant start = attempts.clock.instant();

        attempts.finish(once);

        assertThat(Duration.between(start, attempts.clock.instant())).isEqualTo(SETTLED);
    }

    @Test
    void looksThatFailAreNoProof() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().next(100, Match.method("GET"), Fault.MAINTENANCE);

        Done done = attempts.first(attempts.step(0));

        assertThat(done.how()).isEqualTo(How.RECOVERED);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void endOfTheTimeInADoubtNamesWhatToLookFor() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);
        SIMULATOR.faults().always(Match.method("GET"), Fault.MAINTENANCE);
        Identity identity = attempts.step(0);

        ServiceNowException error = failure(CreateState.first(identity));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence())
                .endsWith("Look in incident for sys_id=" + identity.text() + "^ORcorrelation_id=jenkins-"
                        + identity.text() + " before you run this again.");
    }

    @Test
    void lookThatIsRefusedForGoodIsAnUnknownOutcome() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        SIMULATOR.faults().always(Match.method("GET"), Fault.UNAUTHENTICATED);

        assertThat(failure(CreateState.first(attempts.step(0))).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(attempts.onDisk().isOpen()).isTrue();
    }

    @Test
    void withoutMarksADoubtIsAnUnknownOutcomeForEveryAttempt() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        attempts.marking(false, false);

        assertThat(failure(CreateState.first(attempts.step(0))).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(failure(attempts.onDisk().anotherAttempt()).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void keyThatIsKnownNotToBeKeptIsNoMeansToTell() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        attempts.marking(true, false);

        CreateState knowing = CreateState.first(attempts.step(0)).knowing(Kept.NO, Kept.UNKNOWN);

        assertThat(failure(knowing).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void correlationOfTheUserIsNoMeansToTell() throws Exception {
        SIMULATOR.tables().seed("incident", Map.of("correlation_id", "release-42"));
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);
        attempts.of("incident", Map.of("correlation_id", "release-42")).marking(false, true);

        assertThat(failure(CreateState.first(attempts.step(0))).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    private void tableWithoutCorrelation() {
        SIMULATOR
                .tables()
                .declare(Schema.table("u_deployment")
                        .numbered("DEP", 1001)
                        .with(Column.string("short_description", 80)));
        SIMULATOR.tables().seed("u_deployment", Map.of("short_description", "of somebody else"));
        attempts.of("u_deployment", Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void withoutCorrelationFieldAndWithKeyIgnoredTheOutcomeIsUnknown(InvalidQuery answer) throws Exception {
        tableWithoutCorrelation();
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED).invalidQuery(answer);
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        Identity identity = attempts.step(0);

        ServiceNowException error = failure(CreateState.first(identity));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence()).contains("Look in u_deployment for sys_id=" + identity.text());
        assertThat(posts()).isEqualTo(1);
        assertThat(stored("u_deployment")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void withoutCorrelationFieldAKeptKeyFindsTheTicket(InvalidQuery answer) throws Exception {
        tableWithoutCorrelation();
        SIMULATOR.switches().invalidQuery(answer);
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

        assertThat(attempts.first(attempts.step(0)).how()).isEqualTo(How.RECOVERED);
        assertThat(stored("u_deployment")).isEqualTo(2);
    }

    @Test
    void withoutCorrelationFieldItIsSentAgainOnlyWhereKeysAreKnownToBeKept() throws Exception {
        tableWithoutCorrelation();
        SIMULATOR.faults().next(2, Match.method("POST"), Fault.CUT);

        assertThat(failure(CreateState.first(attempts.step(0))).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);

        CreateState knowing = CreateState.first(attempts.step(1)).knowing(Kept.YES, Kept.NO);
        assertThat(attempts.finish(attempts.life(knowing)).how()).isEqualTo(How.CREATED);
        assertThat(stored("u_deployment")).isEqualTo(2);
    }

    @Test
    void accountThatSeesNoRowProvesNothing() throws Exception {
        SIMULATOR.switches().unreadable("incident");
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

        assertThat(failure(CreateState.first(attempts.step(0))).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void tableThatIsEmptyIsAProof() throws Exception {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);
        attempts.of("problem", Map.of());

        assertThat(attempts.first(attempts.step(0)).how()).isEqualTo(How.CREATED);
        assertThat(stored("problem")).isEqualTo(1);
    }

    @Test
    void fieldThatIsClosedToQueriesLeavesTheOtherOne() throws Exception {
        SIMULATOR.switches().unreadable("incident.correlation_id").invalidQuery(InvalidQuery.REFUSED);
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);

        assertThat(attempts.first(attempts.step(0)).how()).isEqualTo(How.RECOVERED);
    }

    @Test
    void twoTicketsWithTheIdAreAnError() throws Exception {
        SIMULATOR.switches().sysIdInPost(SysIdInPost.IGNORED);
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT_AFTER_COMMIT);
        Identity identity = attempts.step(0);
        SIMULATOR.tables().seed("incident", Map.of("correlation_id", "jenkins-" + identity.text()));

        ServiceNowException error = failure(CreateState.first(identity));

        assertThat(error.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(error.sentence()).contains("more than one ticket with correlation_id=jenkins-");
    }

    @Test
    void buildThatWillNotGoOnCanStillLookForWhatItLeft() throws Exception {
        attempts.first(attempts.step(0));
        CreateState left = attempts.saved.get(0);

        assertThat(LeftCreation.lookFor(SimulatedInstance.of(SIMULATOR), left).number())
                .isEqualTo("INC0010002");
        SIMULATOR.tables().remove(SIMULATOR.tables().rows("incident").get(1));
        assertThat(LeftCreation.lookFor(SimulatedInstance.of(SIMULATOR), left)).isNull();
    }

    @Test
    void missingRightToCreateIsNoDoubt() throws Exception {
        SIMULATOR.accounts().add("reader", "secret", Role.READ_ONLY);
        CreateOnce once =
                attempts.life(CreateState.first(attempts.step(0)), SimulatedInstance.as(SIMULATOR, "reader", "secret"));

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> attempts.finish(once));

        assertThat(error.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }
}
