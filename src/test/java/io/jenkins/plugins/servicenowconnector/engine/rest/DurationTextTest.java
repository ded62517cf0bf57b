package io.jenkins.plugins.servicenowconnector.engine.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "10m, PT10M",
        "1d, PT24H",
        "1w 2d 3h 4m 5s 6ms, PT219H4M5.006S",
        "1w2d3h4m5s6ms, PT219H4M5.006S",
        "' 1d   12h ', PT36H",
        "90m, PT1H30M",
        "6ms, PT0.006S",
        "0d 5s, PT5S",
        "3w 3d 20h 30m, PT596H30M",
        "999999999w, PT167999999832H"
    })
    void durationIsReadAsPeopleWriteIt(String text, Duration duration) throws Exception {
        assertThat(DurationText.parse("timeout", text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "m",
                "0s",
                "-5m",
                "1.5h",
                "5m 1h",
                "1h 1h",
                "10 m",
                "1y",
                "10M",
                "9999999999s",
                "1h, 5m",
                "٣m"
            })
    void textThatIsNoDurationIsRefusedByItsParameter(String text) {
        ServiceNowException error =
                catchThrowableOfType(ServiceNowException.class, () -> DurationText.parse("timeout", text));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error).hasMessage("timeout is not a duration above zero such as '10m' or '1d 12h'.");
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, 10m",
        "PT219H4M5.006S, 1w 2d 3h 4m 5s 6ms",
        "PT36H, 1d 12h",
        "PT0S, 0s",
        "PT-5S, 0s",
        "PT0.0009S, 0s"
    })
    void durationIsWrittenWithoutWhatIsZero(Duration duration, String text) {
        assertThat(DurationText.format(duration)).isEqualTo(text);
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() throws Exception {
        Duration duration = Duration.ofDays(25).plusMillis(12_345_678);

        assertThat(DurationText.parse("timeout", DurationText.format(duration))).isEqualTo(duration);
    }
}
