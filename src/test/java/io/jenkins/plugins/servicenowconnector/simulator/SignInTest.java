package io.jenkins.plugins.servicenowconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.servicenowconnector.simulator.Caller.Response;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
import io.jenkins.plugins.servicenowconnector.simulator.signin.SignIn;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens and keys, after servicenow-rest §6. */
class SignInTest {

    private static final Simulator SIMULATOR = Simulator.start();
    private static final String INCIDENTS = "/api/now/table/incident";

    private final Caller anonymous = Caller.anonymous(SIMULATOR);

    @BeforeEach
    void register() {
        SIMULATOR.reset();
        SIMULATOR.signIn().endpoint().client(new OAuthClient("id", "secret", Simulator.USER, "refresh"));
        SIMULATOR.signIn().endpoint().client(new OAuthClient("without-user", "secret", "", ""));
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private Response post(String form) throws Exception {
        return anonymous.send("POST", SignIn.TOKEN_PATH, form, "Content-Type", "application/x-www-form-urlencoded");
    }

    private JsonNode token() throws Exception {
        return post("grant_type=client_credentials&client_id=id&client_secret=secret")
                .json();
    }

    private int read(JsonNode token) throws Exception {
        String header = "Bearer " + token.path("access_token").asText();
        return anonymous.send("GET", INCIDENTS, "", "Authorization", header).status();
    }

    @Test
    void tokenOpensUntilItEnds() throws Exception {
        JsonNode token = token();
        assertThat(read(token)).isEqualTo(200);

        SIMULATOR.clock().offset(Duration.ofSeconds(1_801));
        assertThat(read(token)).isEqualTo(401);
    }

    @Test
    void sameTokenComesAgainWithWhatRemainsOfItsLife() throws Exception {
        JsonNode first = token();
        SIMULATOR.clock().offset(Duration.ofSeconds(1_700));
        JsonNode second = token();

        assertThat(second.path("access_token")).isEqualTo(first.path("access_token"));
        assertThat(second.path("expires_in").asInt()).isBetween(95, 100);
    }

    @Test
    void revokedTokenIsReplacedByAnother() throws Exception {
        JsonNode first = token();
        SIMULATOR.signIn().tokens().revokeAll();

        assertThat(read(first)).isEqualTo(401);
        assertThat(read(token())).isEqualTo(200);
    }

    @Test
    void lockedUserLosesTheToken() throws Exception {
        JsonNode token = token();
        SIMULATOR.accounts().row(Simulator.USER).orElseThrow().set("locked_out", "true");

        assertThat(read(token)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=client_credentials&client_id=id&client_secret=wrong, server_error",
        "grant_type=client_credentials&client_id=unknown&client_secret=secret, server_error",
        "grant_type=client_credentials&client_id=without-user&client_secret=secret, unauthorized_client",
        "grant_type=refresh_token&client_id=id&client_secret=secret&refresh_token=wrong, invalid_grant",
        "grant_type=password&client_id=id&client_secret=secret, unsupported_grant_type"
    })
    void wrongRequestIsRefusedInOAuthsOwnShape(String form, String error) throws Exception {
        assertThat(post(form).json().path("error").asText()).isEqualTo(error);
    }

    @Test
    void jsonIsNoForm() throws Exception {
        assertThat(anonymous.send("POST", SignIn.TOKEN_PATH, "{}").status()).isEqualTo(401);
    }

    @Test
    void keyOpensWhereAPolicyLetsItIn() throws Exception {
        SIMULATOR.signIn().apiKeys().add("k3y", Simulator.USER);
        assertThat(anonymous.send("GET", INCIDENTS, "", "x-sn-apikey", "k3y").status())
                .isEqualTo(200);

        SIMULATOR.signIn().apiKeys().policy(false);
        assertThat(anonymous.send("GET", INCIDENTS, "", "x-sn-apikey", "k3y").status())
                .isEqualTo(401);
    }
}
