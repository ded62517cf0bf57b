package io.jenkins.plugins.servicenowconnector.engine.http;

import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.INCIDENTS;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.get;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.post;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTransportTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final HttpTransport transport = new HttpTransport(new Clients());
    private final URI incidents = URI.create(SIMULATOR.url() + INCIDENTS);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Reply json(String text) {
        return Reply.of(200, "application/json;charset=UTF-8", text);
    }

    @Test
    void twoHundredSequentialReadsShareOneConnection() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(transport.send(get(incidents)).status()).isEqualTo(200);
        }

        assertThat(SIMULATOR.requestCount()).isEqualTo(200);
        assertThat(SIMULATOR.connections()).isEqualTo(1);
    }

    @Test
    void readsAndWritesShareOneConnection() throws Exception {
        for (int i = 0; i < 10; i++) {
            transport.send(get(incidents));
            assertThat(transport.send(post(incidents, "{}")).status()).isEqualTo(201);
        }

        assertThat(SIMULATOR.connections()).isEqualTo(1);
    }

    @Test
    void cookiesAreNotSentBack() throws Exception {
        transport.send(get(incidents));
        transport.send(get(incidents));

        assertThat(SIMULATOR.requests())
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("cookie"));
    }

    @Test
    void writeOfANodeThatStoodStillWhileItConnectedIsNotSent() throws Exception {
        AtomicLong now = new AtomicLong();
        // each look at the clock finds that the machine has slept
        InstantSource sleepy = () -> Instant.ofEpochSecond(now.getAndAdd(101));
        HttpTransport late = new HttpTransport(new Clients(), sleepy);

        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> late.send(post(incidents, "{}")));

        assertThat(error.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.sentence()).contains("stood still for longer than the call may take, so it was not sent");
        assertThat(SIMULATOR.tables().rows("incident")).isEmpty();
        assertThat(late.send(get(incidents)).status()).isEqualTo(200);
        // and in time it is sent as ever
        assertThat(new HttpTransport(new Clients(), () -> Instant.EPOCH)
                        .send(post(incidents, "{}"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() throws Exception {
        SIMULATOR.faults().next(Fault.LOGIN_REDIRECT);

        Answer answer = transport.send(get(incidents));

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("location")).endsWith("/login.do");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void textGoesThereAndBackAsUtf8() throws Exception {
        SIMULATOR.faults().next(Fault.reply(json("{\"result\":\"Zürich – 変更 🚀\"}")));

        Answer answer = transport.send(post(incidents, "{\"short_description\":\"Zürich – 変更 🚀\"}"));

        assertThat(answer.text()).isEqualTo("{\"result\":\"Zürich – 変更 🚀\"}");
        assertThat(SIMULATOR.requests())
                .extracting(Exchange::body)
                .containsExactly("{\"short_description\":\"Zürich – 変更 🚀\"}");
    }

    @Test
    void onlyHeadersThatMeanSomethingComeBack() throws Exception {
        Answer answer = transport.send(get(incidents));

        assertThat(answer.headers())
                .containsKeys("content-type", "date", "x-transaction-id", "x-total-count")
                .doesNotContainKeys("set-cookie", "x-is-logged-in", "cache-control");
    }

    @Test
    void answerAsLargeAsAllowedComesWhole() throws Exception {
        SIMULATOR.faults().next(Fault.reply(json("x".repeat(10_000))));

        Answer answer = transport.send(with(upTo(10_000), get(incidents)));

        assertThat(answer.body()).hasSize(10_000);
    }

    @Test
    void answerLargerThanAllowedIsAnErrorAndTheNextCallWorks() throws Exception {
        SIMULATOR.faults().next(Fault.reply(json("x".repeat(10_241))));

        ServiceNowException error = failure(with(upTo(10_240), get(incidents)));

        assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(error.sentence()).contains("larger than 10 KiB").contains("fewer records or fields");
        assertThat(error.mayHaveArrived()).isTrue();
        assertThat(transport.send(get(incidents)).status()).isEqualTo(200);
    }

    @Test
    void slowFirstByteEndsInTime() throws Exception {
        SIMULATOR.faults().next(Fault.slow(Duration.ofSeconds(60)));

        assertTooSlow(failure(brief(get(incidents))));
    }

    @Test
    void bodyThatTricklesEndsInTime() throws Exception {
        SIMULATOR.faults().next(Fault.dribbling(Duration.ofSeconds(60)));

        assertTooSlow(failure(brief(get(incidents))));
    }

    private static void assertTooSlow(ServiceNowException error) {
        assertThat(error.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(error.sentence()).contains("no whole answer within 3001 ms");
        assertThat(error.mayHaveArrived()).isTrue();
    }

    @Test
    void callerThatIsInterruptedGetsNoAnswer() throws Exception {
        SIMULATOR.faults().next(Fault.slow(Duration.ofSeconds(60)));
        AtomicReference<Throwable> met = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                transport.send(get(incidents));
            } catch (ServiceNowException | InterruptedException e) {
                met.set(e);
            }
            ended.countDown();
        });

        caller.start();
        // one that arrives later would be another test's
        await().until(() -> SIMULATOR.requestCount() == 1);
        caller.interrupt();

        ended.await();
        assertThat(met.get()).isInstanceOf(InterruptedException.class);
    }

    private ServiceNowException failure(Request request) {
        return catchThrowableOfType(ServiceNowException.class, () -> transport.send(request));
    }

    private static Limits upTo(int bytes) {
        return new Limits(Limits.DEFAULT.connect(), Limits.DEFAULT.response(), bytes);
    }

    /** Little time, but enough to connect on a machine that stands still for a moment. */
    private static Request brief(Request request) {
        return Requests.within(Duration.ofSeconds(3), Duration.ofMillis(1), request);
    }
}
