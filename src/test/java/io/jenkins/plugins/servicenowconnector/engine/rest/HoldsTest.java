package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only a 429 holds calls, and only those that its rule is about. */
class HoldsTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String INCIDENTS = "/api/now/table/incident";

    private final SteppedClock clock = new SteppedClock();
    private final Holds holds = new Holds(clock);
    private final TableApi tables = new TableApi(SimulatedInstance.held(holds, SIMULATOR));

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private void read(String table) throws ServiceNowException, InterruptedException {
        read(tables, table);
    }

    private static void read(TableApi from, String table) throws ServiceNowException, InterruptedException {
        from.query(table, EncodedQuery.where("active", "true"), List.of("sys_id"), 2);
    }

    private static ServiceNowException refused(ThrowingCallable call) {
        ServiceNowException failure = catchThrowableOfType(ServiceNowException.class, call);
        assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure.mayHaveArrived()).isFalse();
        return failure;
    }

    private ServiceNowException refusedRead() {
        return refused(() -> read("incident"));
    }

    @Test
    void nothingIsSentUntilTheTimeThatThe429NamesIsOver() throws Exception {
        SIMULATOR.faults().next(Fault.rateLimited(20));
        ServiceNowException first = refusedRead();
        assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(20));

        clock.forward(Duration.ofMillis(19_999));
        ServiceNowException held = refusedRead();
        assertThat(held.retryAfter()).isEqualTo(Duration.ofMillis(1));
        assertThat(held.sentence()).as("a log has nothing new to say").isEqualTo(first.sentence());
        assertThat(held.facts().status()).as("there was no answer").isZero();
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);

        clock.forward(Duration.ofMillis(1));
        read("incident");
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void readsThatAreHeldHoldNoWrites() throws Exception {
        SIMULATOR.faults().next(Match.table("GET", "incident"), Fault.rateLimited(3_000));
        refusedRead();

        Row row = tables.create("incident", Map.of("short_description", "x"), List.of("sys_id"));
        tables.update("incident", row.value("sys_id"), Map.of("short_description", "y"), List.of("sys_id"));

        assertThat(SIMULATOR.requestCount()).isEqualTo(3);
        refusedRead();
    }

    @Test
    void writesThatAreHeldHoldNoReadsOrOtherWrites() throws Exception {
        String sysId = tables.create("incident", Map.of("short_description", "x"), List.of("sys_id"))
                .value("sys_id");
        SIMULATOR.faults().next(Match.table("POST", "incident"), Fault.rateLimited(3_000));
        refused(() -> tables.create("incident", Map.of("short_description", "x"), List.of("sys_id")));

        read("incident");
        tables.update("incident", sysId, Map.of("short_description", "y"), List.of("sys_id"));
        refused(() -> tables.create("incident", Map.of("short_description", "x"), List.of("sys_id")));

        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
    }

    @Test
    void otherTablesGoOn() throws Exception {
        SIMULATOR.rateLimits().add("GET", INCIDENTS, 1);
        read("incident");
        refusedRead();

        read("problem");

        assertThat(SIMULATOR.requestCount()).isEqualTo(3);
    }

    @Test
    void otherConnectorsGoOn() throws Exception {
        SIMULATOR.faults().next(Fault.rateLimited(3_000));
        refusedRead();

        read(new TableApi(SimulatedInstance.held(new Holds(clock), SIMULATOR)), "incident");

        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void holdOutlivesTheInstanceThatMetIt() {
        SIMULATOR.faults().next(Fault.rateLimited(20));
        refusedRead();

        refused(() -> read(new TableApi(SimulatedInstance.held(holds, SIMULATOR)), "incident"));

        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void withoutRetryAfterTheResetCounts() {
        long reset = SIMULATOR.clock().now().getEpochSecond() + 40;
        Reply reply = Reply.error(429, "Rate limit exceeded", null).with("X-RateLimit-Reset", String.valueOf(reset));
        SIMULATOR.faults().next(Fault.reply(reply));

        Duration pause = refusedRead().retryAfter();

        // the answer was dated meanwhile
        long left = reset - SIMULATOR.clock().now().getEpochSecond();
        assertThat(pause).isBetween(Duration.ofSeconds(left), Duration.ofSeconds(40));
    }

    @Test
    void withoutAnyTimeItIsOneToThirtySecondsAtRandom() throws Exception {
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            SIMULATOR.faults().next(Fault.OVERLOADED);
            Duration pause = refusedRead().retryAfter();
            clock.forward(pause.minusMillis(1));
            refusedRead();
            clock.forward(Duration.ofMillis(1));
            pauses.add(pause);
        }

        assertThat(pauses).allMatch(pause -> pause.toSeconds() >= 1 && pause.toSeconds() <= 30);
        assertThat(pauses.stream().distinct()).hasSizeGreaterThan(10);
        assertThat(SIMULATOR.requestCount()).isEqualTo(60);
    }

    @Test
    void noOtherFailureHolds() throws Exception {
        for (Fault fault : List.of(Fault.MAINTENANCE, Fault.HIBERNATING, Fault.NOT_PROCESSED, Fault.QUOTA)) {
            SIMULATOR.faults().next(fault);
            assertThat(catchThrowableOfType(ServiceNowException.class, () -> read("incident"))
                            .kind())
                    .isNotEqualTo(Kind.RATE_LIMITED);
            assertThatCode(() -> read("incident")).doesNotThrowAnyException();
        }
    }

    @Test
    void clockThatIsSetBackEndsTheHold() throws Exception {
        SIMULATOR.faults().next(Fault.rateLimited(3_000));
        refusedRead();
        clock.forward(Duration.ofHours(-5));

        read("incident");

        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void limitSeenOnAGoodAnswerStretchesPollingToSeventyPercentOfIt() throws Exception {
        assertThat(holds.betweenPolls("incident")).isZero();
        SIMULATOR.rateLimits().add("GET", INCIDENTS, 100);
        read("incident");
        read("problem");

        Duration apart = holds.betweenPolls("incident");

        assertThat(Duration.ofHours(1).toMillis() / apart.toMillis()).isEqualTo(70);
        assertThat(holds.betweenPolls("problem")).isZero();
        SIMULATOR.rateLimits().clear();
        read("incident");
        assertThat(holds.betweenPolls("incident")).as("the rule is gone").isZero();
    }

    @Test
    void limitOnWritesDoesNotStretchPolling() throws Exception {
        SIMULATOR.rateLimits().add("POST", INCIDENTS, 100);

        tables.create("incident", Map.of("short_description", "x"), List.of("sys_id"));

        assertThat(holds.betweenPolls("incident")).isZero();
    }

    @Test
    void registerThatNobodyUsesForAnHourIsIdle() throws Exception {
        clock.forward(Duration.ofMinutes(59));
        assertThat(holds.isIdle()).isFalse();
        read("incident");
        clock.forward(Duration.ofMinutes(59));
        assertThat(holds.isIdle()).isFalse();
        clock.forward(Duration.ofMinutes(1));
        assertThat(holds.isIdle()).isTrue();
    }
}
