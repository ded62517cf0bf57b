package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://dev1.service-now.com, https://dev1.service-now.com",
        "' https://dev1.service-now.com/ ', https://dev1.service-now.com",
        "https://gateway.example.com/servicenow//, https://gateway.example.com/servicenow",
        "https://dev1.service-now.com:8443/, https://dev1.service-now.com:8443",
        "HTTPS://Dev1.Service-Now.com, HTTPS://Dev1.Service-Now.com",
        "https://zürich.example.com/x, https://xn--zrich-kva.example.com/x",
        "https://gateway.example.com/bücher, https://gateway.example.com/b%C3%BCcher",
        "https://[2001:db8::1]:8443/x/, https://[2001:db8::1]:8443/x",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080/, http://[::1]:8080"
    })
    void addressIsReadAsSchemeHostPortPath(String written, String read) throws Exception {
        assertThat(InstanceUrl.parse("url", written)).hasToString(read);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@dev1.service-now.com, must not hold a user name or password",
        "https://user@dev1.service-now.com, must not hold a user name or password",
        "https://dev1.service-now.com?x=1, must not hold a query",
        "https://dev1.service-now.com/?, must not hold a query",
        "https://dev1.service-now.com#top, must not hold a fragment",
        "http://dev1.service-now.com, must begin with https://",
        "http://localhost.example.com, must begin with https://",
        "http://127.0.0.1.example.com, must begin with https://",
        "ftp://dev1.service-now.com, must begin with https://",
        "dev1.service-now.com, must begin with https://",
        "https://, is not an address",
        "https:///path, must name a host",
        "https://dev1.service-now.com:99999, names a port that does not exist",
        "https://dev1.service-now.com:0, names a port that does not exist",
        "https://dev1.service-now.com:x, must name a host",
        "https://my_host, must name a host",
        "https://dev1 service-now.com, is not an address",
        "https://dev1.service-now.com/a b, is not an address"
    })
    void addressThatCannotBeAnInstancesIsRefused(String written, String reason) {
        ServiceNowException error = refused(written);

        assertThat(error.sentence()).startsWith("url ").contains(reason);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void blankAddressIsRefused(String blank) {
        assertThat(refused(blank)).hasMessage("url must not be blank; give the address of the instance.");
    }

    @Test
    void passwordInAnAddressThatIsNoneIsNotRepeated() {
        assertThat(refused("https://user:sec ret@dev1.service-now.com").getMessage())
                .doesNotContain("ret");
    }

    private static ServiceNowException refused(String written) {
        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> InstanceUrl.parse("url", written));
        assertThat(error).isNotNull();
        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        return error;
    }
}
