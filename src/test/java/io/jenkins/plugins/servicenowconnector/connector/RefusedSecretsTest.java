package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefusedSecretsTest {

    private final AtomicInteger sent = new AtomicInteger();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private volatile int status = 401;
    private final RefusedSecrets refused = new RefusedSecrets(() -> now);
    private final Transport guarded = refused.guard("prod", this::answer);

    @Test
    void fiftyCallsAtOnceWithAWrongPasswordMakeOneRequest() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(50);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(threads.submit(() -> guarded.send(request("wrong"))));
        }
        for (Future<?> call : calls) {
            try {
                call.get();
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(ServiceNowException.class);
            }
        }
        threads.shutdown();

        assertThat(sent).hasValue(1);
        assertThat(refused.stoppedSince("prod")).contains(now);
        assertThat(refused.stoppedSince("other")).isEmpty();
    }

    @Test
    void sameSecretIsTriedAgainOnceAfterHalfAnHour() throws Exception {
        guarded.send(request("wrong"));
        now = now.plus(Duration.ofMinutes(29));
        assertThatThrownBy(() -> guarded.send(request("wrong"))).hasMessageContaining("has refused this account");
        now = now.plus(Duration.ofMinutes(2));

        guarded.send(request("wrong"));

        assertThat(sent).hasValue(2);
        assertThatThrownBy(() -> guarded.send(request("wrong"))).hasMessageContaining("has refused this account");
    }

    @Test
    void anotherSecretIsTriedAtOnceAndEndsTheStop() throws Exception {
        guarded.send(request("wrong"));
        status = 200;

        assertThat(guarded.send(request("right")).status()).isEqualTo(200);

        assertThat(refused.stoppedSince("prod")).isEmpty();
    }

    @Test
    void userMayHaveARefusedSecretTriedOnceInFiveMinutes() throws Exception {
        guarded.send(request("wrong"));
        refused.forgetForUser("prod");
        guarded.send(request("wrong"));
        now = now.plus(Duration.ofMinutes(4));
        refused.forgetForUser("prod");
        assertThatThrownBy(() -> guarded.send(request("wrong"))).hasMessageContaining("has refused this account");
        now = now.plus(Duration.ofMinutes(1));
        refused.forgetForUser("prod");

        guarded.send(request("wrong"));

        assertThat(sent).hasValue(3);
    }

    private Answer answer(Request request) {
        sent.incrementAndGet();
        return new Answer(status, Map.of(), new byte[0], "");
    }

    private static Request request(String secret) {
        return new Request(
                Method.GET,
                URI.create("https://example.service-now.com/api/now/table/incident"),
                Map.of(),
                new AuthHeader("Authorization", secret),
                new byte[0],
                Limits.DEFAULT);
    }
}
