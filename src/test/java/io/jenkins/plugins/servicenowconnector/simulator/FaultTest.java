package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong on demand, after servicenow-rest §1.9, §6.2, §7. */
class FaultTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String INCIDENTS = "/api/now/table/incident";

    private final Caller caller = Caller.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Response meet(Fault fault) throws Exception {
        SIMULATOR.faults().next(fault);
        return caller.get(INCIDENTS);
    }

    private static int stored() {
        return SIMULATOR.tables().rows("incident").size();
    }

    @Test
    void sleepingInstanceAnswersHtmlOnEveryPath() throws Exception {
        SIMULATOR.faults().always(Fault.HIBERNATING);

        for (String path : List.of(INCIDENTS, "/oauth_token.do", "/nonsense")) {
            Response asleep = caller.get(path);
            assertThat(asleep.status()).isEqualTo(200);
            assertThat(asleep.header("Content-Type")).startsWith("text/html");
            assertThat(asleep.header("Server")).isEqualTo("snow_adc");
            assertThat(asleep.header("X-Transaction-ID")).isEmpty();
            assertThat(asleep.header("Set-Cookie")).isEmpty();
            assertThat(asleep.text()).contains("Instance Hibernating page");
        }
        SIMULATOR.faults().none();
        assertThat(caller.get(INCIDENTS).json().has("result")).isTrue();
    }

    static List<Map.Entry<Fault, Integer>> plainStatuses() {
        return List.of(
                Map.entry(Fault.MAINTENANCE, 503),
                Map.entry(Fault.BAD_GATEWAY, 502),
                Map.entry(Fault.UNAUTHENTICATED, 401),
                Map.entry(Fault.FORBIDDEN, 403),
                Map.entry(Fault.UNSCOPED, 403),
                Map.entry(Fault.NOT_FOUND, 404),
                Map.entry(Fault.QUOTA, 500),
                Map.entry(Fault.LOGIN_REDIRECT, 302));
    }

    @ParameterizedTest
    @MethodSource("plainStatuses")
    void faultAnswersInsteadOfTheInstance(Map.Entry<Fault, Integer> expected) throws Exception {
        SIMULATOR.faults().next(expected.getKey());

        assertThat(caller.post("incident", "{}").status()).isEqualTo(expected.getValue());
        assertThat(stored()).isZero();
    }

    @Test
    void loginPageIs200Html() throws Exception {
        Response page = meet(Fault.LOGIN_PAGE);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void missingSecondFactorHasItsHeader() throws Exception {
        assertThat(meet(Fault.MFA_DEMANDED).header("X-MFA_TOKEN")).isEqualTo("invalid");
    }

    @Test
    void rateRuleSaysWhenToComeBackFullQueueDoesNot() throws Exception {
        Response limited = meet(Fault.rateLimited(7));
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isEqualTo("7");
        assertThat(limited.header("X-RateLimit-Limit")).isEqualTo("100");
        assertThat(limited.message()).isEqualTo("Rate limit exceeded");

        Response overloaded = meet(Fault.OVERLOADED);
        assertThat(overloaded.status()).isEqualTo(429);
        assertThat(overloaded.http().headers().map()).doesNotContainKeys("retry-after", "x-ratelimit-limit");
    }

    @Test
    void ruleCountsTellsEveryAnswerThenRefuses() throws Exception {
        SIMULATOR.rateLimits().add("GET", INCIDENTS, 2);

        Response first = caller.get(INCIDENTS);
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
        assertThat(first.header("Retry-After")).isEmpty();
        caller.get(INCIDENTS);
        Response third = caller.get(INCIDENTS);
        assertThat(third.status()).isEqualTo(429);
        assertThat(Integer.parseInt(third.header("Retry-After"))).isBetween(1, 3601);
        assertThat(caller.post("incident", "{}").status()).isEqualTo(201);

        SIMULATOR.clock().offset(Duration.ofHours(1));
        assertThat(caller.get(INCIDENTS).status()).isEqualTo(200);
    }

    // servicenow-rest §13 no. 7 [?]: headers and body of the 202
    @Test
    void acceptedMeansNotProcessed_unproven() throws Exception {
        SIMULATOR.faults().next(Fault.NOT_PROCESSED);

        Response accepted = caller.post("incident", "{}");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text()).isEmpty();
        assertThat(stored()).isZero();
    }

    @Test
    void writeMayHaveCommittedBeforeTheError() throws Exception {
        SIMULATOR.faults().next(Fault.QUOTA_AFTER_COMMIT);
        assertThat(caller.post("incident", "{}").status()).isEqualTo(500);
        assertThat(stored()).isEqualTo(1);

        SIMULATOR.faults().next(Fault.FORBIDDEN_AFTER_COMMIT);
        assertThat(caller.post("incident", "{}").status()).isEqualTo(403);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void goodResultMayEndInAnError() throws Exception {
        Response trailing = meet(Fault.TRAILING_ERROR);

        assertThat(trailing.status()).isEqualTo(200);
        assertThat(trailing.json().has("result")).isTrue();
        assertThat(trailing.message()).isEqualTo("Transaction cancelled: maximum execution time exceeded");
    }

    @Test
    void truncatedJsonCannotBeRead() throws Exception {
        Response truncated = meet(Fault.TRUNCATED);

        assertThat(truncated.status()).isEqualTo(200);
        assertThatThrownBy(truncated::json).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void contentTypeMayBeWrong() throws Exception {
        Response plain = meet(Fault.WRONG_CONTENT_TYPE);

        assertThat(plain.header("Content-Type")).startsWith("text/plain");
        assertThat(plain.json().has("result")).isTrue();
    }

    @Test
    void slowAnswerComesLate() throws Exception {
        long start = System.nanoTime();

        assertThat(meet(Fault.slow(Duration.ofMillis(80))).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void dribblingAnswerComesWhole() throws Exception {
        assertThat(meet(Fault.dribbling(Duration.ofMillis(50))).text()).isEqualTo("{\"result\":[]}");
    }

    @Test
    void cutBeforeLeavesNothing() {
        SIMULATOR.faults().next(Match.method("POST"), Fault.CUT);

        assertThatThrownBy(() -> caller.post("incident", "{}")).isInstanceOf(IOException.class);
        assertThat(stored()).isZero();
        assertThat(SIMULATOR.requests()).extracting(Exchange::status).containsExactly(0);
    }

    @ParameterizedTest
    @MethodSource("cutsAfterCommit")
    void cutAfterCommitLeavesTheRecord(Fault fault) {
        SIMULATOR.faults().next(Match.method("POST"), fault);

        assertThatThrownBy(() -> caller.post("incident", "{}")).isInstanceOf(IOException.class);
        assertThat(stored()).isEqualTo(1);
    }

    static List<Fault> cutsAfterCommit() {
        return List.of(Fault.CUT_AFTER_COMMIT, Fault.CLOSED_AFTER_COMMIT, Fault.CUT_IN_ANSWER);
    }

    @ParameterizedTest
    @MethodSource("lateCommits")
    void lateCommitLeavesTheRecordLater(Fault fault) {
        SIMULATOR.faults().next(Match.method("POST"), fault);

        assertThatThrownBy(() -> caller.post("incident", "{}")).isInstanceOf(IOException.class);
        assertThat(stored()).isZero();
        SIMULATOR.commitLate();
        assertThat(stored()).isEqualTo(1);
    }

    static List<Fault> lateCommits() {
        return List.of(
                Fault.lateCommit(Duration.ofHours(1)),
                Fault.silentThenLateCommit(Duration.ofMillis(10), Duration.ofHours(1)));
    }

    @Test
    void lateCommitComesByItself() {
        SIMULATOR.faults().next(Match.method("POST"), Fault.lateCommit(Duration.ofMillis(20)));

        assertThatThrownBy(() -> caller.post("incident", "{}")).isInstanceOf(IOException.class);
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> stored() == 1);
    }

    @Test
    void heldCommitWaitsUntilItIsLetGo() {
        SIMULATOR.faults().next(Match.method("POST"), Fault.HELD_COMMIT);

        assertThatThrownBy(() -> caller.post("incident", "{}")).isInstanceOf(IOException.class);
        assertThat(stored()).isZero();
        SIMULATOR.commitLate();
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void faultHitsWhatItMatchesAsOftenAsSaid() throws Exception {
        SIMULATOR.faults().next(2, Match.table("GET", "incident"), Fault.NOT_FOUND);

        assertThat(caller.post("incident", "{}").status()).isEqualTo(201);
        assertThat(caller.get("/api/now/table/problem").status()).isEqualTo(200);
        assertThat(caller.get(INCIDENTS).status()).isEqualTo(404);
        assertThat(caller.get(INCIDENTS).status()).isEqualTo(404);
        assertThat(caller.get(INCIDENTS).status()).isEqualTo(200);
    }

    @Test
    void singleFaultGoesBeforeALastingOne() throws Exception {
        SIMULATOR.faults().always(Fault.MAINTENANCE);
        SIMULATOR.faults().next(Fault.FORBIDDEN);

        assertThat(caller.get(INCIDENTS).status()).isEqualTo(403);
        assertThat(caller.get(INCIDENTS).status()).isEqualTo(503);
    }

    @Test
    void pathOutsideTheApiLeadsToTheLogin() throws Exception {
        Response redirected = caller.get("/nonsense");

        assertThat(redirected.status()).isEqualTo(302);
        assertThat(redirected.header("Location")).endsWith("/login.do");
    }
}
