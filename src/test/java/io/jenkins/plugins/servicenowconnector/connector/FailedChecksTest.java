package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.Secret;
import io.jenkins.plugins.servicenowconnector.connector.CheckedConnection.Extent;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
import io.jenkins.plugins.servicenowconnector.simulator.signin.TokenOddity;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What <i>Test connection</i> says to an administrator whose connector cannot work, and that it repeats no secret. */
@WithJenkins
class FailedChecksTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String SECRET = "client-s3cret";

    @BeforeEach
    void setUp(JenkinsRule jenkins) throws Exception {
        SERVICENOW.reset();
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        List<Credentials> credentials = store.getCredentials();
        credentials.clear();
        credentials.add(new UsernamePasswordCredentialsImpl(
                CredentialsScope.SYSTEM, "account", "", Simulator.USER, Simulator.PASSWORD));
        credentials.add(
                new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "client", "", "jenkins-id", SECRET));
        credentials.add(
                new StringCredentialsImpl(CredentialsScope.SYSTEM, "refresh", "", Secret.fromString("r3fresh-token")));
        credentials.add(
                new StringCredentialsImpl(CredentialsScope.SYSTEM, "client-secret", "", Secret.fromString(SECRET)));
        store.save();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void instanceThatIsNoneIsToldApart() throws Exception {
        assertThat(problem("https://no-such-host.invalid", new BasicKind("account")))
                .contains("The host name no-such-host.invalid is not known");
        assertThat(problem(new BasicKind("deleted")))
                .contains("Credential 'deleted' was not found among the credentials");
        assertThat(problem(new BasicKind("client"))).contains("HTTP status 401");
        try (Simulator elsewhere = Simulator.start()) {
            SERVICENOW.faults().always(Fault.reply(Reply.empty(302).with("Location", elsewhere.url() + "/login.do")));
            assertThat(problem(new BasicKind("account"))).contains("redirects to another page");
            assertThat(elsewhere.requestCount()).isZero();
        }
    }

    @Test
    void tokenThatIsNotHandedOutIsToldApart() throws Exception {
        SERVICENOW.signIn().endpoint().client(new OAuthClient("jenkins-id", SECRET, Simulator.USER, "r3fresh-token"));
        RefreshTokenKind kind = new RefreshTokenKind("refresh", "jenkins-id");
        kind.setClientSecretId("client-secret");

        assertThat(oddly(TokenOddity.INVALID_CLIENT, kind)).contains("does not know the client: check the client id");
        assertThat(oddly(TokenOddity.FAULT_AS_PAGE, kind)).contains("failed while it made one");
        assertThat(oddly(TokenOddity.NOT_JSON, kind)).contains("did not answer with JSON");
        assertThat(oddly(TokenOddity.NO_ACCESS_TOKEN, kind)).contains("answered without an access token");
        assertThat(oddly(TokenOddity.ROTATED_REFRESH_TOKEN, kind)).contains("replaced the refresh token");
        assertThat(oddly(TokenOddity.NO_EXPIRES_IN, kind)).isNull();

        // the token that was just kept dies early: a new one is asked for
        int asked = SERVICENOW.signIn().endpoint().requests();
        SERVICENOW.signIn().tokens().revokeAll();
        assertThat(problem(kind)).isNull();
        assertThat(SERVICENOW.signIn().endpoint().requests()).isEqualTo(asked + 1);
    }

    private static String oddly(TokenOddity oddity, AuthenticationKind kind) throws Exception {
        SERVICENOW.signIn().endpoint().oddity(oddity);
        return problem(kind);
    }

    private static String problem(AuthenticationKind kind) throws Exception {
        return problem(SERVICENOW.url().toString(), kind);
    }

    /** Why a check of a connector that is not stored yet failed; null if it passed. */
    private static String problem(String url, AuthenticationKind kind) throws Exception {
        Connector connector = new Connector("Test", url, kind);
        FoundConnector found = new FoundConnector(connector, Home.jenkins());
        String problem = ConnectionChecks.get().tryOut(found, Extent.ACCOUNT).getProblem();
        if (problem != null) {
            assertThat(problem).doesNotContain(Simulator.PASSWORD, SECRET, "r3fresh-token");
        }
        return problem;
    }
}
