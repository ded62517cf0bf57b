package io.jenkins.plugins.servicenowconnector.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.signin.TokenOddity;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each odd answer of a token endpoint is told apart as. */
class TokenAnswersTest {

    private static final Simulator SIMULATOR = Simulator.start();

    private Tokens tokens;

    @BeforeEach
    void open() throws Exception {
        SIMULATOR.reset();
        tokens = Tokens.by(refreshToken(Tokens.CLIENT_SECRET), SIMULATOR);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static Grant refreshToken(String clientSecret) throws ServiceNowException {
        return new RefreshToken("jenkins-id", clientSecret, Tokens.REFRESH_TOKEN, "");
    }

    private ServiceNowException failure() {
        return failure(tokens);
    }

    private static ServiceNowException failure(Tokens which) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, which::read);
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.getMessage())
                .doesNotContain(Tokens.CLIENT_SECRET)
                .doesNotContain(Tokens.REFRESH_TOKEN)
                .doesNotContain("jenkins-id");
        return error;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ACCESS_DENIED          | UNAUTHENTICATED | denies access without saying why. Possible causes: the refresh token
            INVALID_CLIENT         | UNAUTHENTICATED | does not know the client: check the client id
            UNAUTHORIZED_CLIENT    | UNAUTHENTICATED | set the OAuth Application User
            INVALID_GRANT          | UNAUTHENTICATED | does not accept the grant. Possible causes: the refresh token has expired
            UNSUPPORTED_GRANT_TYPE | UNAUTHENTICATED | glide.oauth.inbound.client.credential.grant_type.enabled
            FAULT                  | PROTOCOL        | failed while it made one
            FAULT_AS_PAGE          | PROTOCOL        | failed while it made one
            NOT_FOUND              | NOT_FOUND       | has no token endpoint at this address
            TOO_MANY               | RATE_LIMITED    | hands out no more tokens for now
            NOT_JSON               | PROTOCOL        | did not answer with JSON
            NO_ACCESS_TOKEN        | PROTOCOL        | answered without an access token
            ROTATED_REFRESH_TOKEN  | UNAUTHENTICATED | replaced the refresh token by another one
            """)
    void oddAnswerIsToldApart(TokenOddity oddity, Kind kind, String sentence) {
        SIMULATOR.signIn().endpoint().oddity(oddity);

        ServiceNowException error = failure();

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.sentence()).contains(sentence);
    }

    @ParameterizedTest
    @EnumSource(
            value = TokenOddity.class,
            names = {"NO_EXPIRES_IN", "EXPIRES_IN_AS_TEXT"})
    void unusualAnswerWithATokenCounts(TokenOddity oddity) throws Exception {
        SIMULATOR.signIn().endpoint().oddity(oddity);

        tokens.read();
    }

    @Test
    void sleepingInstanceIsAsleep() {
        SIMULATOR.faults().always(Fault.HIBERNATING);

        assertThat(failure().kind()).isEqualTo(Kind.ASLEEP);
        assertThat(failure().sentence()).contains("hibernates: wake it up");
    }

    @Test
    void maintenanceIsAsleep() {
        SIMULATOR.faults().always(Fault.MAINTENANCE);

        assertThat(failure().kind()).isEqualTo(Kind.ASLEEP);
    }

    @Test
    void redirectIsNotFollowed() {
        SIMULATOR.faults().always(Fault.LOGIN_REDIRECT);

        assertThat(failure().sentence()).contains("redirects to another page").contains("check the token URL");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    @Test
    void cutTokenRequestLeavesTheCallItselfUndone() {
        SIMULATOR.faults().always(Fault.CUT);

        assertThat(failure().kind()).isEqualTo(Kind.NETWORK);
        assertThat(failure().sentence()).startsWith("No access token: The connection to");
    }

    @Test
    void endpointThatCannotBeReachedIsNamed() throws Exception {
        URI nowhere = URI.create("https://no-such-host.invalid/oauth_token.do");
        ServiceNowException error = failure(Tokens.at(nowhere, refreshToken(""), SIMULATOR));

        assertThat(error.sentence()).startsWith("No access token: The host name no-such-host.invalid is not known");
    }

    @Test
    void wrongClientSecretNamesTheCauses() throws Exception {
        Grant grant = new ClientCredentials("jenkins-id", "wr0ng", "");
        ServiceNowException error = failure(Tokens.by(grant, SIMULATOR));

        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(error.sentence())
                .contains("wrong client id or client secret")
                .contains("OAuth Application User");
        assertThat(error.facts().message()).isEqualTo("server_error");
        assertThat(error.toString()).doesNotContain("wr0ng");
    }

    @Test
    void secretsInGrantsArePrintedByNobody() throws Exception {
        assertThat(refreshToken(Tokens.CLIENT_SECRET).toString()).isEqualTo("refresh token (hidden)");
        assertThat(new ClientCredentials("a", "b", "").toString()).isEqualTo("client credentials (hidden)");
        assertThat(tokens.source.toString()).startsWith("tokens of localhost:");
    }
}
