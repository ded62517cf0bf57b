package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.simulator.fault.Wire;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Wire.Cut;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What gets through a wire that is cut. */
class WireTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private final HttpClient client = HttpClient.newHttpClient();
    private Wire wire;

    @BeforeEach
    void lay() {
        SIMULATOR.reset();
        wire = Wire.to(SIMULATOR.url());
    }

    @AfterEach
    void remove() {
        wire.close();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private int post() throws IOException, InterruptedException {
        byte[] pair = (Simulator.USER + ":" + Simulator.PASSWORD).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(wire.url() + "/api/now/table/incident"))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    /** What comes back for a request that is written in one piece to a connection of its own. */
    private String answerToPlainPost() throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), wire.url().getPort())) {
            String request = "POST /api/now/table/incident HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            // cut without a farewell
            return "";
        }
    }

    private static int stored() {
        return SIMULATOR.tables().rows("incident").size();
    }

    @Test
    void wholeWireCarriesWhatIsSent() throws Exception {
        assertThat(List.of(post(), post())).containsExactly(201, 201);
        assertThat(stored()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEFORE_REQUEST", "IN_REQUEST"})
    void cutRequestNeverArrives(Cut cut) throws Exception {
        wire.cutNext(cut);

        // not by a client that may open another connection by itself
        assertThat(answerToPlainPost()).isEmpty();
        assertThat(post()).isEqualTo(201);
        assertThat(stored()).isEqualTo(1);
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BEFORE_REQUEST", "IN_REQUEST"},
            mode = Mode.EXCLUDE)
    void cutAnswerComesFromARequestThatWasDone(Cut cut) {
        wire.cutNext(cut);

        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        Awaitility.await().until(() -> stored() == 1);
    }

    @Test
    void cutHappensOnKeptConnectionsToo() throws Exception {
        post();
        wire.cutNext(Cut.BEFORE_ANSWER);

        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        assertThat(stored()).isEqualTo(2);
    }
}
