package io.jenkins.plugins.servicenowconnector.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.signin.Adfs;
import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an endpoint that verifies signature, thumbprint, audience, time, single use. */
class AdfsCertificateTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String RESOURCE = "https://example.service-now.com";

    @TempDir
    static Path folder;

    private static KeyFile key;

    private final Adfs adfs = SIMULATOR.signIn().adfs();

    @BeforeAll
    static void makeKey() {
        key = KeyFile.ofClient(folder, "adfs-client");
    }

    @BeforeEach
    void register() {
        SIMULATOR.reset();
        adfs.client("adfs-id", key.certificate(), RESOURCE, Simulator.USER);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Tokens tokens(String clientId, String resource, KeyFile signer) throws ServiceNowException {
        URI url = AdfsCertificate.tokenUrl(SIMULATOR.url());
        ClientCertificate certificate = new ClientCertificate(signer.bytes(), KeyFile.PASSWORD);
        return Tokens.at(url, new AdfsCertificate(clientId, resource, url, certificate), SIMULATOR);
    }

    @Test
    void signedAssertionGetsAToken() throws Exception {
        tokens("adfs-id", RESOURCE, key).read();

        assertThat(adfs.lastComplaint()).isEmpty();
        assertThat(SIMULATOR.requestCount()).isEqualTo(2);
    }

    @Test
    void eachAssertionIsMadeAnew() throws Exception {
        Tokens tokens = tokens("adfs-id", RESOURCE, key);
        tokens.read();
        SIMULATOR.signIn().tokens().revokeAll();
        tokens.read();

        assertThat(adfs.lastComplaint()).isEmpty();
    }

    @Test
    void assertionOfAnotherKeyIsRefused() throws Exception {
        Tokens tokens = tokens("adfs-id", RESOURCE, KeyFile.ofClient(folder, "stranger"));
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, tokens::read);

        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(error.sentence()).contains("check the client id and the client secret or certificate");
        assertThat(adfs.lastComplaint()).isEqualTo("unknown certificate");
    }

    @Test
    void clockThatIsFarBehindMakesAnExpiredAssertion() throws Exception {
        SIMULATOR.clock().offset(Duration.ofMinutes(6));

        assertThatThrownBy(tokens("adfs-id", RESOURCE, key)::read).isInstanceOf(ServiceNowException.class);
        assertThat(adfs.lastComplaint()).startsWith("expired");
    }

    @Test
    void wrongResourceIsRefused() throws Exception {
        assertThatThrownBy(tokens("adfs-id", "other", key)::read).isInstanceOf(ServiceNowException.class);
        assertThat(adfs.lastComplaint()).isEqualTo("unknown resource");
    }

    @Test
    void keyThatIsNotRsaIsRefusedBeforeAnyCall() {
        KeyFile elliptic = KeyFile.ofServer(folder, "localhost");

        assertThatThrownBy(() -> tokens("adfs-id", RESOURCE, elliptic)).hasMessageContaining("must have an RSA key");
    }

    @Test
    void keyIsPrintedByNobody() throws Exception {
        URI url = AdfsCertificate.tokenUrl(SIMULATOR.url());
        ClientCertificate certificate = new ClientCertificate(key.bytes(), KeyFile.PASSWORD);

        assertThat(certificate).hasToString("client certificate (hidden)");
        assertThat(new AdfsCertificate("a", "b", url, certificate)).hasToString("ADFS certificate (hidden)");
    }

    @ParameterizedTest
    @CsvSource({
        "https://adfs.example.com, https://adfs.example.com/adfs/oauth2/token",
        "https://adfs.example.com/adfs/, https://adfs.example.com/adfs/oauth2/token",
        "https://adfs.example.com/adfs/oauth2/token, https://adfs.example.com/adfs/oauth2/token",
        "https://adfs.example.com/tenant/oauth2/token/, https://adfs.example.com/tenant/oauth2/token"
    })
    void addressOfAdfsLeadsToItsTokenEndpoint(String given, String expected) {
        assertThat(AdfsCertificate.tokenUrl(URI.create(given))).hasToString(expected);
    }
}
