package io.jenkins.plugins.servicenowconnector.engine.http;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.INCIDENTS;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.get;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.post;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Why no answer came, with whether a write is in doubt then. */
class CallFailuresTest {

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

    private ServiceNowException failure(Request request) {
        return catchThrowableOfType(ServiceNowException.class, () -> transport.send(request));
    }

    private static void assertNothingSent(ServiceNowException error, Kind kind, String sentence) {
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.sentence()).contains(sentence);
        assertThat(error.mayHaveArrived()).isFalse();
    }

    @Test
    void unknownHostNameIsNotSent() {
        ServiceNowException error = failure(post(URI.create("https://no-such-host.invalid/api"), "{}"));

        assertNothingSent(error, Kind.NETWORK, "The host name no-such-host.invalid is not known");
    }

    @Test
    void refusedConnectionIsNotSent() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        ServiceNowException error = failure(post(URI.create("http://127.0.0.1:" + port + "/api"), "{}"));

        assertNothingSent(error, Kind.NETWORK, "127.0.0.1:" + port + " refused the connection");
    }

    @Test
    void hostThatAcceptsNoConnectionIsNotSentAfterTheConnectLimit() throws IOException {
        List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                SocketChannel filler = SocketChannel.open();
                filler.configureBlocking(false);
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()));
                fillers.add(filler);
            }
            URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/api");

            ServiceNowException error = failure(within(Duration.ofMillis(200), Duration.ofSeconds(5), post(uri, "{}")));

            assertNothingSent(error, Kind.TIMEOUT, "did not accept a connection within 200 ms");
        } finally {
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void untrustedCertificateIsNotSent() {
        WireMockServer server = new WireMockServer(
                wireMockConfig().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort());
        server.start();
        try {
            ServiceNowException error =
                    failure(post(URI.create("https://localhost:" + server.httpsPort() + "/api"), "{}"));

            assertNothingSent(error, Kind.TLS, "No trusted encrypted connection to localhost:");
            assertThat(error.sentence()).contains("Java trust store of the node");
            assertThat(server.getAllServeEvents()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void httpsToAPortWithoutIsNotSent() throws Exception {
        // a server that answers at once and waits: one that closes first may look like a broken connection
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            CompletableFuture.runAsync(() -> answerPlainly(plain));
            int port = plain.getLocalPort();

            ServiceNowException error = failure(post(URI.create("https://localhost:" + port + INCIDENTS), "{}"));

            assertNothingSent(error, Kind.TLS, "localhost:" + port + " does not speak https on this port");
        }
    }

    @Test
    void connectionThatIsClosedInTheHandshakeIsNotSentAndMayWorkLater() throws Exception {
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            CompletableFuture.runAsync(() -> hangUpOnHello(closing));
            int port = closing.getLocalPort();

            ServiceNowException error = failure(post(URI.create("https://localhost:" + port + INCIDENTS), "{}"));

            assertNothingSent(
                    error, Kind.NETWORK, "localhost:" + port + " closed the connection before it was encrypted");
            assertThat(error.isPassing()).isTrue();
        }
    }

    /** Of a few hundred such calls the JDK's client ends one so. */
    @Test
    void whatTheEncryptionSaysCountsThoughTheClientOnlyMissesAnAnswer() {
        IOException said = new SSLException("Unrecognized SSL message, plaintext connection?");
        IOException missed = new IOException("HTTP/1.1 header parser received no bytes", said);

        ServiceNowException error = CallFailures.explain(
                post(URI.create("https://localhost:1/api"), "{}"), new IOException(missed.getMessage(), missed));

        assertNothingSent(error, Kind.TLS, "localhost:1 does not speak https on this port");
    }

    /** Reads what the client begins with, so that the connection ends in order. */
    private static void hangUpOnHello(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getInputStream().read(new byte[16 * 1024]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answerPlainly(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client hangs up
        }
    }

    static List<Fault> cuts() {
        return List.of(
                Fault.CUT,
                Fault.CUT_AFTER_COMMIT,
                Fault.CLOSED_AFTER_COMMIT,
                Fault.lateCommit(Duration.ofMillis(10)),
                Fault.silentThenLateCommit(Duration.ofMillis(10), Duration.ofMillis(20)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void cutConnectionLeavesAWriteInDoubtAndIsNotTriedAgain(Fault cut) throws Exception {
        transport.send(get(incidents));
        SIMULATOR.faults().next(cut);

        ServiceNowException error = failure(post(incidents, "{}"));

        assertThat(error.kind()).isEqualTo(Kind.NETWORK);
        assertThat(error.sentence()).contains("broke before the whole answer was here");
        assertThat(error.mayHaveArrived()).isTrue();
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void sentenceNamesNeitherTheQueryNorASecret() {
        SIMULATOR.faults().always(Fault.CUT);
        URI personal = URI.create(incidents + "?sysparm_query=caller_id.email=a@b.c");

        ServiceNowException error = failure(get(personal));

        assertThat(error.toString()).doesNotContain("a@b.c").doesNotContain("Basic");
    }
}
