package io.jenkins.plugins.servicenowconnector.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What crosses the channel to an agent and back. */
class ValuesTest {

    private static final Request REQUEST = new Request(
            Method.POST,
            URI.create("https://dev1.service-now.com/api/now/table/incident?sysparm_query=caller_id.email=a@b.c"),
            Map.of("Accept", "application/json"),
            new AuthHeader("Authorization", "Basic c2VjcmV0"),
            "{\"description\":\"private\"}".getBytes(StandardCharsets.UTF_8),
            Limits.DEFAULT);

    private static final Answer ANSWER = new Answer(
            200, Map.of("x-transaction-id", "79aee3f52fa2"), "{\"result\":\"private\"}".getBytes(), "linux-1");

    private static <T> T afterTravel(T value, Class<T> type) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return type.cast(in.readObject());
        }
    }

    @Test
    void requestArrivesAsItWas() throws Exception {
        Request there = afterTravel(REQUEST, Request.class);

        assertThat(there).usingRecursiveComparison().isEqualTo(REQUEST);
        assertThat(there.auth().value()).isEqualTo("Basic c2VjcmV0");
    }

    @Test
    void requestWithAFileArrivesAsThePathOfTheFile() throws Exception {
        LocalFile file = new LocalFile("/workspace/console.log", "console.log", 5_896);

        Request there = afterTravel(REQUEST.streaming(file), Request.class);

        assertThat(there.stream()).isEqualTo(file);
        assertThat(there.body()).isEmpty();
        assertThat(there.with(REQUEST.auth()).via(Route.DIRECT).stream()).isEqualTo(file);
    }

    @Test
    void answerArrivesAsItWas() throws Exception {
        assertThat(afterTravel(ANSWER, Answer.class)).usingRecursiveComparison().isEqualTo(ANSWER);
    }

    @Test
    void errorArrivesAsItWasButWithoutACauseThatTheOtherSideMayNotKnow() throws Exception {
        ServiceNowException error = ServiceNowException.noAnswer(
                        Kind.TIMEOUT, "Too slow.", true, new HttpTimeoutException("request timed out"))
                .with(new Facts("incident", "GET", 0, "", "", "", "linux-1"));

        ServiceNowException there = afterTravel(error, ServiceNowException.class);

        assertThat(there).hasMessage(error.getMessage()).hasNoCause();
        assertThat(there.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(there.mayHaveArrived()).isTrue();
        assertThat(there.facts()).isEqualTo(error.facts());
        assertThat(there.getStackTrace()).isEqualTo(error.getStackTrace());
    }

    @Test
    void errorKeepsTheTimeToWaitOnItsWay() throws Exception {
        ServiceNowException error = ServiceNowException.rateLimited("Busy.", Facts.NONE, Duration.ofSeconds(7));

        assertThat(afterTravel(error, ServiceNowException.class).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void requestPrintsNoSecretNoQueryNoBody() {
        assertThat(REQUEST).hasToString("POST /api/now/table/incident");
    }

    @Test
    void answerPrintsStatusAndSizeOnly() {
        assertThat(ANSWER).hasToString("200, 20 bytes");
    }

    @Test
    void authHeaderPrintsItsNameOnly() {
        assertThat(REQUEST.auth()).hasToString("Authorization: (hidden)");
    }
}
