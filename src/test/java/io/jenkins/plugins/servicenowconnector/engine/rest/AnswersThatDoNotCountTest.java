package io.jenkins.plugins.servicenowconnector.engine.rest;

import static io.jenkins.plugins.servicenowconnector.engine.rest.ErrorAnswersTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A good status is not yet a good answer (servicenow-rest §7.4, §7.5). */
class AnswersThatDoNotCountTest {

    private static final String QUOTA = "{\"message\":\"Transaction cancelled: maximum execution time exceeded\","
            + "\"detail\":\"Check logs for error trace.\"}";

    static List<Arguments> answers() {
        return List.of(
                arguments(
                        CannedInstance.html(
                                200, "<title>Instance Hibernating page</title>This instance is hibernating"),
                        Kind.ASLEEP,
                        "hibernates: wake it up"),
                arguments(
                        CannedInstance.html(200, "Your instance is currently offline"), Kind.ASLEEP, "in maintenance"),
                arguments(
                        CannedInstance.html(503, "Your instance is currently offline"), Kind.ASLEEP, "in maintenance"),
                arguments(
                        CannedInstance.html(200, "<form action=\"login.do\">"), Kind.PROTOCOL, "shows its login page"),
                arguments(CannedInstance.html(200, "<title>Log in</title>"), Kind.PROTOCOL, "shows its login page"),
                arguments(
                        CannedInstance.empty(302).with("location", "https://dev1.service-now.com/login.do"),
                        Kind.PROTOCOL,
                        "redirects to another page"),
                arguments(CannedInstance.html(200, "the catalog in short"), Kind.PROTOCOL, "did not answer with JSON"),
                arguments(
                        CannedInstance.html(502, "The response of the origin was too large"),
                        Kind.NETWORK,
                        "The gateway before"),
                arguments(
                        CannedInstance.html(200, "Your cookie jar is too large"),
                        Kind.PROTOCOL,
                        "did not answer with JSON"),
                arguments(CannedInstance.empty(200), Kind.PROTOCOL, "did not answer with JSON"),
                arguments(CannedInstance.json(200, ""), Kind.PROTOCOL, "breaks off in the middle"),
                arguments(CannedInstance.json(200, "{\"result\":[{\"num"), Kind.PROTOCOL, "breaks off in the middle"),
                arguments(CannedInstance.json(200, "{\"result\":[]} x"), Kind.PROTOCOL, "breaks off in the middle"),
                arguments(CannedInstance.json(200, "[]"), Kind.PROTOCOL, "no ServiceNow answer"),
                arguments(CannedInstance.json(200, "{}"), Kind.PROTOCOL, "without a result"),
                arguments(CannedInstance.json(200, "{\"result\":null}"), Kind.PROTOCOL, "something else than a list"),
                arguments(CannedInstance.json(200, "{\"result\":{}}"), Kind.PROTOCOL, "something else than a list"),
                arguments(
                        CannedInstance.json(200, "{\"result\":[],\"error\":" + QUOTA + ",\"status\":\"failure\"}"),
                        Kind.TIMEOUT,
                        "took too long there"),
                arguments(
                        CannedInstance.json(200, "{\"error\":{\"message\":\"odd\",\"detail\":null}}"),
                        Kind.PROTOCOL,
                        "failed while it worked"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerIsToldApart(CannedInstance instance, Kind kind, String sentence) {
        ServiceNowException error = read(instance);

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.sentence()).contains(sentence);
        assertThat(error.isPassing()).isTrue();
        assertThat(instance.requests).hasSize(1);
    }

    @Test
    void contentTypeThatIsNotJsonDoesNotCountEvenWithJson() {
        ServiceNowException error = read(CannedInstance.html(200, "{\"result\":[]}"));

        assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(error.sentence()).contains("did not answer with JSON");
    }

    // servicenow-rest §13 no. 7 [?]: headers and body of the 202
    @Test
    void acceptedMeansNotProcessed_unproven() {
        ServiceNowException error = read(CannedInstance.empty(202));

        assertThat(error.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(error.sentence()).contains("accepted the call but did not process it");
        assertThat(error.mayHaveArrived()).isFalse();
    }

    static List<CannedInstance> nothingDone() {
        return List.of(
                CannedInstance.html(200, "hibernating"),
                CannedInstance.html(503, "currently offline"),
                CannedInstance.html(200, "login.do"),
                CannedInstance.empty(302),
                CannedInstance.json(429, "{}"));
    }

    @ParameterizedTest
    @MethodSource("nothingDone")
    void answerOfWhoeverStandsBeforeTheInstanceLeavesNoDoubt(CannedInstance instance) {
        assertThat(read(instance).mayHaveArrived()).isFalse();
    }

    @Test
    void retryAfterSaysHowLongToWait() {
        ServiceNowException error =
                read(CannedInstance.json(429, "{}").with("retry-after", "7").with("x-ratelimit-limit", "100"));

        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(error.sentence()).contains("allows 100 such calls an hour");
    }

    @Test
    void resetOfTheRuleCountsFromTheInstancesClock() {
        long reset = CannedInstance.OUR_TIME.getEpochSecond() + 3_600 + 30;
        ServiceNowException error = read(CannedInstance.json(429, "{}")
                .with("date", "Mon, 11 May 2026 10:00:00 GMT")
                .with("x-ratelimit-reset", String.valueOf(reset)));

        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void resetOfTheRuleCountsFromOurClockWhereTheAnswerHasNoDate() {
        long reset = CannedInstance.OUR_TIME.getEpochSecond() + 30;
        ServiceNowException error =
                read(CannedInstance.html(429, "slow down").with("x-ratelimit-reset", String.valueOf(reset)));

        assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void fullQueueThatDoesNotSayHowLongIsLeftAloneForUpToHalfAMinute() {
        ServiceNowException error = read(CannedInstance.json(429, "{}"));

        assertThat(error.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(error.sentence()).contains("is busy");
    }

    @Test
    void waitIsNeverLongerThanAnHourAndWhatMakesNoSenseIsNone() {
        assertThat(read(CannedInstance.json(429, "{}").with("retry-after", "999999"))
                        .retryAfter())
                .isEqualTo(Duration.ofHours(1));
        assertThat(read(CannedInstance.json(429, "{}").with("x-ratelimit-reset", "5"))
                        .retryAfter())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(read(CannedInstance.json(429, "{}").with("retry-after", "soon"))
                        .retryAfter())
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }
}
