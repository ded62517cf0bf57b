package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeftChangeTest {

    private static final Instant BEGAN = Instant.parse("2026-11-20T18:00:00.000Z");

    private final LeftChange change =
            new LeftChange(new Target("global:test", "", LeftChange.TABLE), "a".repeat(32), "CHG1", "expired", BEGAN);

    @Test
    void isTriedAgainEveryMinuteForHalfAnHourAndEveryTenMinutesForAWeek() {
        assertThat(pauseAfter(Duration.ZERO)).isEqualTo(Duration.ofMinutes(1));
        assertThat(pauseAfter(Duration.ofMinutes(29))).isEqualTo(Duration.ofMinutes(1));
        assertThat(pauseAfter(Duration.ofMinutes(30))).isEqualTo(Duration.ofMinutes(10));
        assertThat(pauseAfter(Duration.ofHours(167))).isEqualTo(Duration.ofMinutes(10));
        assertThat(change.again(BEGAN.plus(Duration.ofDays(7)))).isNull();
        assertThat(change.end()).isEqualTo(BEGAN.plus(Duration.ofDays(7)));
        // the clock was set back
        assertThat(pauseAfter(Duration.ofDays(-1))).isEqualTo(Duration.ofMinutes(1));
    }

    private Duration pauseAfter(Duration passed) {
        Instant now = BEGAN.plus(passed);
        return Duration.between(now, change.again(now));
    }
}
