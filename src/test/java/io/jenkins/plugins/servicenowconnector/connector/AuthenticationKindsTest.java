package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.SingleSend;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
import io.jenkins.plugins.servicenowconnector.simulator.signin.SignIn;
import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each way to authenticate, from Jenkins' credentials to an instance that demands it. */
@WithJenkins
class AuthenticationKindsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    @TempDir
    static Path folder;

    @BeforeEach
    void setUp(JenkinsRule jenkins) {
        SERVICENOW.reset();
        SystemCredentialsProvider.getInstance().getCredentials().clear();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void userNameWithASecretText() throws Exception {
        secretText("secret", Simulator.PASSWORD);
        BasicKind kind = new BasicKind("secret");
        kind.setUserName(Simulator.USER);

        assertCallsPass(kind);
    }

    @Test
    void apiKey() throws Exception {
        SERVICENOW.signIn().apiKeys().add("the-key", Simulator.USER);
        secretText("secret", "the-key");

        assertCallsPass(new ApiKeyKind("secret"));
    }

    @Test
    void clientCredentialsShareOneToken() throws Exception {
        SERVICENOW.signIn().endpoint().client(new OAuthClient("client", "client-secret", Simulator.USER, ""));
        add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "oauth", "", "client", "client-secret"));

        assertCallsPass(new ClientCredentialsKind("oauth"));
        assertCallsPass(new ClientCredentialsKind("oauth"));

        assertThat(SERVICENOW.signIn().endpoint().requests()).isEqualTo(1);
    }

    @Test
    void refreshTokenAtAForeignAddress() throws Exception {
        SERVICENOW
                .signIn()
                .foreignEndpoint()
                .client(new OAuthClient("client", "client-secret", Simulator.USER, "the-refresh-token"));
        secretText("refresh", "the-refresh-token");
        secretText("client-secret", "client-secret");
        RefreshTokenKind kind = new RefreshTokenKind("refresh", "client");
        kind.setClientSecretId("client-secret");
        kind.setTokenUrl(SERVICENOW.url() + SignIn.FOREIGN_TOKEN_PATH);

        assertCallsPass(kind);
    }

    @Test
    void adfsCertificate() throws Exception {
        KeyFile key = KeyFile.ofClient(folder, "adfs");
        SERVICENOW
                .signIn()
                .adfs()
                .client("adfs-id", key.certificate(), "https://example.service-now.com", Simulator.USER);
        certificate("certificate", key);

        assertCallsPass(new AdfsCertificateKind(
                "certificate",
                "adfs-id",
                "https://example.service-now.com",
                SERVICENOW.url().toString()));
    }

    @Test
    void clientCertificateTravelsWithTheRequestOnly() throws Exception {
        KeyFile key = KeyFile.ofClient(folder, "tls");
        certificate("certificate", key);
        Connector connector = connector(new ClientCertificateKind("certificate"));
        Opening opening =
                new Opening(new FoundConnector(connector, Home.jenkins()), SERVICENOW.url(), null, null, "test", null);

        assertThat(connector.getAuthentication().certificate(opening).certificate())
                .isEqualTo(key.certificate());
        assertThat(connector.getAuthentication().open(opening).header()).isNull();
    }

    @Test
    void aCredentialOfTheWrongTypeIsNotFoundAndNothingIsSent() throws Exception {
        secretText("secret", "x");

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class, () -> assertCallsPass(new ClientCredentialsKind("secret")));

        assertThat(error).hasMessageContaining("'secret' was not found");
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    private static void assertCallsPass(AuthenticationKind kind) throws Exception {
        ServiceNowConnectors.get().setConnectors(List.of(connector(kind)));
        OpenConnector open = Connectors.open("test", ConnectorUse.by(null), null);

        assertThat(SingleSend.create(open.instance(), NewTicket.of("incident", "x", null, null, Map.of()), "jenkins-1")
                        .ticket()
                        .number())
                .startsWith("INC");
    }

    private static Connector connector(AuthenticationKind kind) {
        Connector connector = new Connector("Test", SERVICENOW.url().toString(), kind);
        connector.setId("test");
        return connector;
    }

    private static void secretText(String id, String text) throws Exception {
        add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, "", Secret.fromString(text)));
    }

    private static void certificate(String id, KeyFile key) throws Exception {
        add(new CertificateCredentialsImpl(
                CredentialsScope.SYSTEM,
                id,
                "",
                KeyFile.PASSWORD,
                new CertificateCredentialsImpl.UploadedKeyStoreSource(null, SecretBytes.fromBytes(key.bytes()))));
    }

    private static void add(Credentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }
}
