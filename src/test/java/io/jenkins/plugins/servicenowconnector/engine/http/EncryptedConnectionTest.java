package io.jenkins.plugins.servicenowconnector.engine.http;

import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.INCIDENTS;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.get;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes: which server is trusted, which client is let in. */
class EncryptedConnectionTest {

    @TempDir
    static Path folder;

    private static KeyFile serverKey;
    private static KeyFile clientKey;
    private static Simulator open;
    private static Simulator demanding;

    @BeforeAll
    static void start() {
        serverKey = KeyFile.ofServer(folder, "localhost");
        clientKey = KeyFile.ofClient(folder, "jenkins");
        open = Simulator.startSecure(serverKey, null);
        demanding = Simulator.startSecure(serverKey, KeyFile.trusting(folder, clientKey));
    }

    @BeforeEach
    void reset() {
        open.reset();
        demanding.reset();
        demanding.signIn().certificates().standFor(Simulator.USER);
    }

    @AfterAll
    static void stop() {
        open.close();
        demanding.close();
    }

    private static Transport trusting(KeyFile... servers) throws Exception {
        return Transports.trusting(KeyFile.trusting(folder, servers));
    }

    private static URI incidents(Simulator simulator) {
        return URI.create(simulator.url() + INCIDENTS);
    }

    private static Request shown(KeyFile key) throws ServiceNowException {
        ClientCertificate certificate = new ClientCertificate(key.bytes(), KeyFile.PASSWORD);
        return get(incidents(demanding)).with(null).via(new Route(null, certificate));
    }

    private static ServiceNowException failure(Transport transport, Request request) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> transport.send(request));
        assertThat(error.kind()).isEqualTo(Kind.TLS);
        assertThat(error.mayHaveArrived()).isFalse();
        return error;
    }

    @Test
    void fileIsSentWholeOrNotAtAllOverHttp2() throws Exception {
        Row incident = open.tables().seed("incident", Map.of("short_description", "x"));
        Request upload = new Request(
                Method.POST,
                URI.create(open.url() + "/api/now/attachment/file?table_name=incident&table_sys_id=" + incident.sysId()
                        + "&file_name=a.log"),
                Map.of("Content-Type", "text/plain"),
                get(incidents(open)).auth(),
                new byte[0],
                Limits.DEFAULT);
        Transport transport = trusting(serverKey);

        assertThat(transport
                        .send(upload.streaming(GivenBody.of(1_000_000, 1_000_000)))
                        .status())
                .isEqualTo(201);
        ServiceNowException grown = catchThrowableOfType(
                ServiceNowException.class, () -> transport.send(upload.streaming(GivenBody.of(1_000_000, 1_000_001))));
        ServiceNowException shrunk = catchThrowableOfType(
                ServiceNowException.class, () -> transport.send(upload.streaming(GivenBody.of(1_000_000, 999_999))));

        assertThat(grown.sentence()).contains("has grown beyond its 1000000 bytes");
        assertThat(shrunk.sentence()).contains("ended after 999999 of 1000000 bytes");
        assertThat(open.files()).extracting(StoredFile::size).containsExactly(1_000_000L);
    }

    /** With TLS 1.3 the server's refusal races with the request, so that at times only a broken connection is seen. */
    private static ServiceNowException refusal(Transport transport, Request request) {
        ServiceNowException error = null;
        for (int i = 0; i < 50 && (error == null || error.kind() == Kind.NETWORK); i++) {
            error = catchThrowableOfType(ServiceNowException.class, () -> transport.send(request));
        }
        return error;
    }

    @Test
    void trustedServerIsCalled() throws Exception {
        assertThat(trusting(serverKey).send(get(incidents(open))).status()).isEqualTo(200);
    }

    @Test
    void untrustedServerIsToldApart() throws Exception {
        ServiceNowException error = failure(trusting(clientKey), post(incidents(open), "{}"));

        assertThat(error.sentence()).contains("PKIX path building failed").contains("trust store");
    }

    @Test
    void certificateForAnotherHostNameIsToldApart() throws Exception {
        KeyFile other = KeyFile.ofServer(folder, "other.example.com");
        try (Simulator wrong = Simulator.startSecure(other, null)) {
            ServiceNowException error = failure(trusting(other), get(incidents(wrong)));

            assertThat(error.sentence()).contains("its certificate is for another host name");
        }
    }

    /** A record that does not decrypt is what a fault of a proxy, or of the network, comes to. */
    @Test
    void encryptedConnectionThatBreaksLaterSaysNothingAgainstItsEncryption() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            CompletableFuture.runAsync(() -> breakAfterTheRequest(server));
            URI uri = URI.create("https://localhost:" + server.getLocalPort() + INCIDENTS);

            ServiceNowException error = catchThrowableOfType(
                    ServiceNowException.class, () -> trusting(serverKey).send(post(uri, "{}")));

            assertThat(error.sentence()).contains("broke before the whole answer was here");
            assertThat(error.kind()).isEqualTo(Kind.NETWORK);
            assertThat(error.isPassing()).isTrue();
            assertThat(error.mayHaveArrived()).isTrue();
        }
    }

    private static void breakAfterTheRequest(ServerSocket server) {
        try (Socket plain = server.accept()) {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(serverKey.open(), KeyFile.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(plain, null, false);
            encrypted.getInputStream().read(new byte[16 * 1024]);
            // an application record of 32 bytes that nobody has encrypted
            plain.getOutputStream().write(new byte[] {23, 3, 3, 0, 32});
            plain.getOutputStream().write(new byte[32]);
            plain.getOutputStream().flush();
            plain.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void certificateProvesWhoCalls() throws Exception {
        Transport transport = trusting(serverKey);

        assertThat(transport.send(shown(clientKey)).status()).isEqualTo(200);
        assertThat(transport.send(shown(clientKey)).status()).isEqualTo(200);
        assertThat(demanding.connections()).isEqualTo(1);
        assertThat(demanding.requests().get(0).headers()).doesNotContainKey("authorization");
    }

    @Test
    void certificateThatStandsForNobodyIsRefusedByTheInstance() throws Exception {
        demanding.signIn().certificates().standFor("");

        assertThat(trusting(serverKey).send(shown(clientKey)).status()).isEqualTo(401);
    }

    @Test
    void demandedCertificateThatIsMissingIsToldApart() throws Exception {
        ServiceNowException error = refusal(trusting(serverKey), post(incidents(demanding), "{}"));

        assertThat(error.kind()).isEqualTo(Kind.TLS);
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.sentence()).contains("demands a client certificate");
        assertThat(demanding.requestCount()).isZero();
    }

    @Test
    void certificateThatTheServerDoesNotTrustIsToldApart() throws Exception {
        ServiceNowException error = refusal(trusting(serverKey), shown(KeyFile.ofClient(folder, "stranger")));

        assertThat(error.kind()).isEqualTo(Kind.TLS);
        assertThat(error.sentence()).contains("does not accept the client certificate");
    }

    @Test
    void clientsAreSharedByCertificate() throws Exception {
        Clients clients = new Clients(InstantSource.system());
        KeyFile another = KeyFile.ofClient(folder, "another");

        assertThat(clients.take(shown(clientKey))).isSameAs(clients.take(shown(clientKey)));
        assertThat(clients.take(shown(clientKey))).isNotSameAs(clients.take(shown(another)));
    }

    @Test
    void wrongPasswordIsRefusedBeforeAnyCall() {
        assertThatThrownBy(() -> new ClientCertificate(clientKey.bytes(), "wr0ng"))
                .hasMessageStartingWith("client certificate cannot be opened")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void fileWithoutAPrivateKeyIsRefusedBeforeAnyCall() {
        byte[] trusted = KeyFile.trusting(folder, clientKey).bytes();

        assertThatThrownBy(() -> new ClientCertificate(trusted, KeyFile.PASSWORD))
                .hasMessage("client certificate holds no private key.");
    }
}
