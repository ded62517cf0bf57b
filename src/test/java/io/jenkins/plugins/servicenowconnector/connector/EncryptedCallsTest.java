package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl.UploadedKeyStoreSource;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Real handshakes of real agents, each with the trust store of its own Java: whom they trust, and who they are. */
@WithJenkins
class EncryptedCallsTest {

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    static Path folder;

    @Test
    void agentTrustsByItsOwnStoreAndShowsTheCertificateOfTheCredential(JenkinsRule jenkins) throws Exception {
        KeyFile server = KeyFile.ofServer(folder, "localhost");
        KeyFile client = KeyFile.ofClient(folder, "jenkins");
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name("trusting")
                        .label("trusting")
                        .javaOptions(
                                "-Djavax.net.ssl.trustStore="
                                        + KeyFile.trusting(folder, server).path(),
                                "-Djavax.net.ssl.trustStorePassword=" + KeyFile.PASSWORD)
                        .build());
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name("plain")
                        .label("plain")
                        .build());
        Connecting.credentials(Simulator.PASSWORD);
        certificate("client", client);
        certificate("stranger", KeyFile.ofClient(folder, "stranger"));
        try (Simulator servicenow = Simulator.startSecure(server, KeyFile.trusting(folder, client))) {
            servicenow.signIn().certificates().standFor(Simulator.USER);

            read(servicenow, "trusting", new ClientCertificateKind("client"));
            assertThat(servicenow.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));

            assertThat(refusal(servicenow, "trusting", new BasicKind(Connecting.CREDENTIALS)))
                    .hasMessageContaining("demands a client certificate: choose an authentication with a client");
            assertThat(refusal(servicenow, "trusting", new ClientCertificateKind("stranger")))
                    .hasMessageContaining("does not accept the client certificate");
            assertThat(refusal(servicenow, "plain", new ClientCertificateKind("client")))
                    .hasMessageContaining("trust store of the node that makes the call")
                    .hasMessageContaining("agent plain");
            assertThat(servicenow.requestCount()).isEqualTo(1);
        }
    }

    /** With TLS 1.3 the server's refusal races with the request, so that at times only a broken connection is seen. */
    private static ServiceNowException refusal(Simulator servicenow, String label, AuthenticationKind kind) {
        ServiceNowException error = null;
        for (int i = 0; i < 50 && (error == null || error.kind() == Kind.NETWORK); i++) {
            error = catchThrowableOfType(ServiceNowException.class, () -> read(servicenow, label, kind));
        }
        assertThat(error.kind()).isEqualTo(Kind.TLS);
        assertThat(error.mayHaveArrived()).isFalse();
        return error;
    }

    private static void read(Simulator servicenow, String label, AuthenticationKind kind) throws Exception {
        Connector connector = new Connector("Test", servicenow.url().toString(), kind);
        connector.setAgentLabel(label);
        connector.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        String number = servicenow
                .tables()
                .seed("incident", Map.of("short_description", "x"))
                .get("number");
        new Tickets(Connectors.open("test", ConnectorUse.by(null), null).instance())
                .get("incident", TicketKey.number("ticketNumber", number), List.of());
    }

    private static void certificate(String id, KeyFile key) throws Exception {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new CertificateCredentialsImpl(
                        CredentialsScope.SYSTEM,
                        id,
                        "",
                        KeyFile.PASSWORD,
                        new UploadedKeyStoreSource(null, SecretBytes.fromBytes(key.bytes()))));
        store.save();
    }
}
