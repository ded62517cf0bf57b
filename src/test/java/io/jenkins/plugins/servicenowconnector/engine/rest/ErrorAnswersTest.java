package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of servicenow-rest §1.9. */
class ErrorAnswersTest {

    private static final String CAUSES =
            "does not accept the account. Possible causes: wrong user name or password; the"
                    + " account is locked, inactive or must change its password; basic authentication is restricted";

    private static final String RULE =
            "Operation against file 'change_request' was aborted by Business Rule 'Change Model: Check State"
                    + " Transition^b6dae9e15317101034d1ddeeff7b1278'. Business Rule Stack:Change Model: Check State"
                    + " Transition";

    static List<Arguments> proven() {
        return List.of(
                arguments(400, "Invalid table foo", null, Kind.NOT_FOUND, "There is no table 'incident' on"),
                arguments(400, "Invalid table foo", "Table foo does not exist", Kind.NOT_FOUND, "no table 'incident'"),
                arguments(
                        400,
                        "Requested URI does not represent any resource",
                        null,
                        Kind.NOT_FOUND,
                        "does not have the interface that was called"),
                arguments(
                        404,
                        "Requested URI does not represent any resource",
                        null,
                        Kind.NOT_FOUND,
                        "does not have the interface that was called"),
                arguments(
                        400,
                        "Exception while reading request",
                        "Rejected large REST payload with content-length = 15105102 bytes. Max allowed: 10485760"
                                + " bytes.",
                        Kind.BAD_INPUT,
                        "is too large for it"),
                arguments(400, "Request header is too large", null, Kind.BAD_INPUT, "is too large for it"),
                arguments(414, "URI Too Long", null, Kind.BAD_INPUT, "is too large for it"),
                arguments(
                        401,
                        "User Not Authenticated",
                        "Required to provide Auth information",
                        Kind.UNAUTHENTICATED,
                        CAUSES),
                arguments(
                        401,
                        "User is not authenticated",
                        "Required to provide Auth information",
                        Kind.UNAUTHENTICATED,
                        CAUSES),
                arguments(
                        403,
                        "User Not Authorized",
                        "Missing required api access scope: useraccount",
                        Kind.FORBIDDEN,
                        "the access token lacks the scope"),
                arguments(
                        403,
                        "User Not Authorized",
                        "Access to unscoped api is not allowed",
                        Kind.FORBIDDEN,
                        "the access token has no scope at all"),
                arguments(
                        403,
                        "Operation Failed",
                        "ACL Exception Insert Failed due to security constraints",
                        Kind.FORBIDDEN,
                        "an access rule refuses it"),
                arguments(403, "Operation Failed", RULE, Kind.FORBIDDEN, "a business rule of the instance stopped it"),
                arguments(
                        403,
                        "Operation Failed",
                        "Data Policy Exception: The following fields are mandatory: Resolution code",
                        Kind.FORBIDDEN,
                        "mandatory fields are missing"),
                arguments(
                        403,
                        "Insufficient rights to query records",
                        "Field(s) present in the query do not have permission to be read",
                        Kind.FORBIDDEN,
                        "may not query by one of the fields"),
                arguments(
                        403,
                        "Insufficient rights to query records",
                        null,
                        Kind.FORBIDDEN,
                        "may not query by one of the fields"),
                arguments(403, "Anything", null, Kind.FORBIDDEN, "the account lacks a right, or an access policy"),
                arguments(
                        404,
                        "No Record found",
                        "Record doesn't exist or ACL restricts the record retrieval",
                        Kind.NOT_FOUND,
                        "There is no such record in incident on dev1.service-now.com, or the account may not see it"),
                arguments(405, "Method not supported", null, Kind.NOT_FOUND, "does not offer this interface"),
                arguments(406, "Not Acceptable", null, Kind.NOT_FOUND, "does not offer this interface"),
                arguments(415, "Unsupported Media Type", null, Kind.NOT_FOUND, "does not offer this interface"),
                arguments(429, "Rate limit exceeded", null, Kind.RATE_LIMITED, "is busy and refuses calls for now"),
                arguments(
                        500,
                        "Transaction cancelled: maximum execution time exceeded",
                        "Transaction cancelled: maximum execution time exceeded. Check logs for error trace.",
                        Kind.TIMEOUT,
                        "ended the call because it took too long there"),
                arguments(500, "Something else", null, Kind.PROTOCOL, "failed while it worked on the call"),
                arguments(503, "Service Unavailable", null, Kind.ASLEEP, "is not available now"));
    }

    @ParameterizedTest(name = "{0} {1} / {2}")
    @MethodSource("proven")
    void errorOfServiceNowHasItsKindWithItsSentence(
            int status, String message, String detail, Kind kind, String sentence) {
        ServiceNowException error = read(CannedInstance.json(status, envelope(message, detail)));

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.sentence()).contains(sentence).contains("dev1.service-now.com");
        assertThat(error.facts().message()).isEqualTo(message);
        assertThat(error.facts().detail()).isEqualTo(detail == null ? "" : detail);
        assertThat(error.facts().status()).isEqualTo(status);
    }

    static List<Arguments> unproven() {
        return List.of(
                arguments(
                        400,
                        "Exception while reading request",
                        "Unexpected character",
                        Kind.BAD_INPUT,
                        "does not understand"),
                arguments(
                        403,
                        "User Not Authorized",
                        "Failed API level ACL Validation",
                        Kind.FORBIDDEN,
                        "It needs the role snc_platform_rest_api_access"));
    }

    @ParameterizedTest(name = "{0} {1} / {2}")
    @MethodSource("unproven")
    void errorWhoseTextIsAGuessHasItsKindWithItsSentence_unproven(
            int status, String message, String detail, Kind kind, String sentence) {
        errorOfServiceNowHasItsKindWithItsSentence(status, message, detail, kind, sentence);
    }

    static List<Arguments> gateways() {
        return List.of(
                arguments(CannedInstance.empty(499), Kind.NETWORK, "The gateway before"),
                arguments(CannedInstance.html(502, "502 Bad Gateway"), Kind.NETWORK, "may have been reclaimed"),
                arguments(CannedInstance.empty(503), Kind.ASLEEP, "is not available now"),
                arguments(CannedInstance.empty(504), Kind.NETWORK, "The gateway before"),
                arguments(CannedInstance.html(500, "oops"), Kind.PROTOCOL, "failed while it worked on the call"),
                arguments(CannedInstance.html(414, "<h1>URI Too Long</h1>"), Kind.BAD_INPUT, "too large"),
                arguments(CannedInstance.html(400, "Request header is too large"), Kind.BAD_INPUT, "too large"),
                arguments(CannedInstance.html(401, ""), Kind.UNAUTHENTICATED, CAUSES),
                arguments(CannedInstance.json(401, ""), Kind.UNAUTHENTICATED, CAUSES),
                arguments(CannedInstance.html(429, "slow down"), Kind.RATE_LIMITED, "is busy"),
                arguments(CannedInstance.json(403, "[]"), Kind.FORBIDDEN, "lacks a right"));
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void errorOfWhatStandsBeforeTheInstanceIsToldByItsStatus(CannedInstance instance, Kind kind, String sentence) {
        ServiceNowException error = read(instance);

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.sentence()).contains(sentence);
    }

    @Test
    void factsNameTableMethodTransactionAgent() {
        ServiceNowException error = read(CannedInstance.json(403, envelope("Operation Failed", "ACL Exception Insert"))
                .with("x-transaction-id", "79aee3f52fa2"));

        assertThat(error)
                .hasMessageEndingWith(
                        "(table incident; method GET; HTTP status 403; ServiceNow says: Operation Failed /"
                                + " ACL Exception Insert; transaction 79aee3f52fa2; agent linux-1)");
    }

    @Test
    void refusedWriteSaysSo() {
        TableApi tables = CannedInstance.json(403, envelope("Operation Failed", "ACL Exception Insert"))
                .tables();

        ServiceNowException error = catchThrowableOfType(
                ServiceNowException.class,
                () -> tables.create("incident", Map.of("short_description", "x"), List.of("number")));

        assertThat(error.sentence()).startsWith("dev1.service-now.com refuses writing to incident");
        assertThat(error.facts().method()).isEqualTo("POST");
    }

    @Test
    void secondFactorIsToldByItsHeader() {
        ServiceNowException error = read(CannedInstance.json(401, envelope("User is not authenticated", null))
                .with("x-mfa_token", "invalid"));

        assertThat(error.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(error.sentence()).contains("accepts the password but wants a second factor");
    }

    @Test
    void errorThatIsOnlyATextIsShown() {
        ServiceNowException error = read(CannedInstance.json(500, "{\"error\":\"broken\"}"));

        assertThat(error.facts().message()).isEqualTo("broken");
    }

    static ServiceNowException read(CannedInstance instance) {
        return catchThrowableOfType(
                ServiceNowException.class,
                () -> instance.tables()
                        .query("incident", EncodedQuery.where("number", "INC0010001"), List.of("number"), 2));
    }

    static String envelope(String message, String detail) {
        String quoted = detail == null ? "null" : "\"" + detail + "\"";
        return "{\"error\":{\"message\":\"" + message + "\",\"detail\":" + quoted + "},\"status\":\"failure\"}";
    }
}
