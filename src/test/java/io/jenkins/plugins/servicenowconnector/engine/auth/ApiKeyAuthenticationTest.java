package io.jenkins.plugins.servicenowconnector.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyAuthenticationTest {

    private static final Simulator SIMULATOR = Simulator.start();

    @BeforeEach
    void addKey() {
        SIMULATOR.reset();
        SIMULATOR.signIn().apiKeys().add("k3y", Simulator.USER);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    private static void read(String key) throws Exception {
        Instance instance = new Instance(
                SIMULATOR.url(),
                new ApiKeyAuthentication(key),
                HttpTransport.shared(),
                Limits.DEFAULT,
                "test",
                InstantSource.system());
        new TableApi(instance).query("incident", EncodedQuery.where("active", "true"), List.of("number"), 1);
    }

    @Test
    void keyOpensWithItsOwnHeaderOnly() throws Exception {
        read(" k3y\n");

        assertThat(SIMULATOR.requests()).singleElement().satisfies(request -> {
            assertThat(request.headers()).containsEntry("x-sn-apikey", "k3y").doesNotContainKey("authorization");
        });
    }

    @Test
    void wrongKeyIsNotTriedAgainButExplained() {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> read("wr0ng"));

        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(error.sentence())
                .contains("wrong, inactive or expired API key")
                .contains("access policy");
        assertThat(error.toString()).doesNotContain("wr0ng");
        assertThat(SIMULATOR.requestCount()).isEqualTo(1);
    }

    // servicenow-rest §6.1 [?]: the status without a policy
    @Test
    void rightKeyWithoutAnAccessPolicyIsRefused_unproven() {
        SIMULATOR.signIn().apiKeys().policy(false);

        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> read("k3y"));

        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "two words", "two\nlines", "schlüssel"})
    void whatNoHeaderCarriesIsRefused(String key) {
        assertThatThrownBy(() -> new ApiKeyAuthentication(key)).hasMessageStartingWith("API key must be the key");
    }
}
