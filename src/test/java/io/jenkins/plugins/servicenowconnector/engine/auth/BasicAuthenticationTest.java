package io.jenkins.plugins.servicenowconnector.engine.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticationTest {

    @Test
    void headerHoldsUserNameWithPasswordInUtf8() throws Exception {
        AuthHeader header = new BasicAuthentication("jürgen", "pä:ss – 変更").header();

        byte[] pair = Base64.getDecoder().decode(header.value().replaceFirst("^Basic ", ""));
        assertThat(header.name()).isEqualTo("Authorization");
        assertThat(new String(pair, StandardCharsets.UTF_8)).isEqualTo("jürgen:pä:ss – 変更");
    }

    @Test
    void firstRequestCarriesItAlready() throws Exception {
        try (Simulator simulator = Simulator.start()) {
            TableApi tables = new TableApi(SimulatedInstance.of(simulator));

            tables.query("incident", EncodedQuery.where("active", "true"), List.of("number"), 1);

            assertThat(simulator.requests()).extracting(Exchange::status).containsExactly(200);
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "domain:user"})
    void userNameThatBasicCannotCarryIsRefused(String user) {
        assertThat(refused(user, "secret")).hasMessageStartingWith("user name must not be blank or hold a colon");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void missingPasswordIsRefused(String password) {
        assertThat(refused("jenkins", password)).hasMessage("password must not be empty.");
    }

    private static ServiceNowException refused(String user, String password) {
        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> new BasicAuthentication(user, password));
        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        return error;
    }
}
