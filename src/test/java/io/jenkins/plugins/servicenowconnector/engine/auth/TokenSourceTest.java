package io.jenkins.plugins.servicenowconnector.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.signin.SignIn;
import io.jenkins.plugins.servicenowconnector.simulator.signin.TokenEndpoint;
import io.jenkins.plugins.servicenowconnector.simulator.signin.TokenOddity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of an access token; requests counted at the simulator. */
class TokenSourceTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final int MANY = 50;

    private final TokenEndpoint endpoint = SIMULATOR.signIn().endpoint();
    private final List<Thread> callers = new CopyOnWriteArrayList<>();
    private Tokens tokens;

    @BeforeEach
    void open() throws Exception {
        SIMULATOR.reset();
        tokens = Tokens.by(new ClientCredentials("jenkins-id", Tokens.CLIENT_SECRET, ""), SIMULATOR);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private List<Future<Void>> atOnce(Callable<Void> call) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(MANY, work -> {
            Thread caller = new Thread(work);
            callers.add(caller);
            return caller;
        });
        try {
            return threads.invokeAll(new ArrayList<>(Collections.nCopies(MANY, call)));
        } finally {
            threads.shutdownNow();
        }
    }

    private Void readOnce() throws Exception {
        tokens.read();
        return null;
    }

    @Test
    void oneTokenServesManyCalls() throws Exception {
        for (int i = 0; i < 10; i++) {
            tokens.read();
        }

        assertThat(endpoint.requests()).isEqualTo(1);
        assertThat(SIMULATOR.requests())
                .extracting(Exchange::status)
                .containsOnly(200)
                .hasSize(11);
    }

    @Test
    void runsShareTheTokenThoughEachHasItsOwnTransport() throws Exception {
        tokens.read();
        tokens.authentication().header();

        assertThat(endpoint.requests()).isEqualTo(1);
    }

    @Test
    void tokenIsRenewedAMinuteBeforeItEnds() throws Exception {
        tokens.read();
        tokens.pass(Duration.ofSeconds(1_735));
        tokens.read();
        assertThat(endpoint.requests()).isEqualTo(1);

        tokens.pass(Duration.ofSeconds(10));
        tokens.read();
        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @Test
    void sameTokenGivenAgainInItsLastMinuteIsNotAskedForWithEachCall() throws Exception {
        tokens.read();
        tokens.pass(Duration.ofSeconds(1_745));
        for (int i = 0; i < 20; i++) {
            tokens.read();
        }

        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @Test
    void burstWithAnExpiredTokenMakesOneTokenRequest() throws Exception {
        tokens.read();
        tokens.pass(Duration.ofHours(1));
        endpoint.delay(Duration.ofMillis(50));

        for (Future<Void> each : atOnce(this::readOnce)) {
            each.get();
        }

        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @Test
    void burstWithATokenThatDiedEarlyMakesOneTokenRequest() throws Exception {
        tokens.read();
        SIMULATOR.signIn().tokens().revokeAll();
        endpoint.delay(Duration.ofMillis(50));

        for (Future<Void> each : atOnce(this::readOnce)) {
            each.get();
        }

        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @Test
    void burstWhileTheEndpointRefusesMakesOneTokenRequestAndFailsForAll() throws Exception {
        endpoint.oddity(TokenOddity.ACCESS_DENIED);
        tokens.over(request -> {
            Answer answer = Tokens.TRANSPORT.send(request);
            // who comes after the refusal asks anew
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> callers.stream()
                                    .filter(caller -> caller.getState() == Thread.State.WAITING)
                                    .count()
                            == MANY - 1);
            return answer;
        });

        for (Future<Void> each : atOnce(this::readOnce)) {
            assertThat(catchThrowableOfType(ExecutionException.class, each::get))
                    .hasCauseInstanceOf(ServiceNowException.class);
        }

        assertThat(endpoint.requests()).isEqualTo(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void writeWithATokenThatDiedEarlyIsDoneOnce() throws Exception {
        tokens.read();
        SIMULATOR.signIn().tokens().revokeAll();

        tokens.tables().create("incident", Map.of("short_description", "once"), List.of("number"));

        assertThat(SIMULATOR.tables().rows("incident")).hasSize(1);
        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @Test
    void newTokenThatIsRefusedTooIsAnError() throws Exception {
        SIMULATOR.faults().always(Match.table("GET", "incident"), Fault.UNAUTHENTICATED);

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, tokens::read);

        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(error.sentence()).contains("a new access token was refused too");
        assertThat(endpoint.requests()).isEqualTo(2);
        assertThat(SIMULATOR.requestCount()).isEqualTo(4);
    }

    @Test
    void interruptedRenewalIsTakenOverByTheNext() throws Exception {
        endpoint.delay(Duration.ofMillis(200));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Void> first = threads.submit(this::readOnce);
            while (endpoint.requests() == 0) {
                Thread.onSpinWait();
            }
            Future<Void> second = threads.submit(this::readOnce);
            first.cancel(true);

            second.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void lifetimeNotNamedIsAssumedAndRemarked() throws Exception {
        endpoint.oddity(TokenOddity.NO_EXPIRES_IN);
        tokens.read();
        assertThat(tokens.authentication().remark()).contains("30 minutes are assumed");

        tokens.pass(Duration.ofMinutes(28));
        tokens.read();
        assertThat(endpoint.requests()).isEqualTo(1);

        tokens.pass(Duration.ofMinutes(1).plusSeconds(5));
        tokens.read();
        assertThat(endpoint.requests()).isEqualTo(2);
    }

    @Test
    void lifetimeAsTextCounts() throws Exception {
        endpoint.oddity(TokenOddity.EXPIRES_IN_AS_TEXT);
        tokens.read();

        assertThat(tokens.authentication().remark()).isEmpty();
    }

    @Test
    void foreignEndpointGivesATokenForARefreshToken() throws Exception {
        Grant grant = new RefreshToken("jenkins-id", Tokens.CLIENT_SECRET, Tokens.REFRESH_TOKEN, "useraccount offline");
        Tokens foreign = Tokens.byForeign(grant, SIMULATOR);
        foreign.read();

        assertThat(SIMULATOR.signIn().foreignEndpoint().requests()).isEqualTo(1);
        assertThat(SIMULATOR.requests().get(0).path()).isEqualTo(SignIn.FOREIGN_TOKEN_PATH);
        assertThat(SIMULATOR.requests().get(0).body()).contains("scope=useraccount+offline");
    }

    @Test
    void publicClientSendsNoSecret() throws Exception {
        Grant grant = new RefreshToken("jenkins-id", "", Tokens.REFRESH_TOKEN, "");

        assertThat(grant.form(Instant.EPOCH)).containsOnlyKeys("grant_type", "client_id", "refresh_token");
    }
}
