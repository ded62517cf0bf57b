package io.jenkins.plugins.servicenowconnector.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckNowTest {

    private final SteppedClock clock = new SteppedClock();
    private final CheckNow checks = new CheckNow(clock);

    @Test
    void eachWaitMayBeAskedForOnceInTenSeconds() {
        assertThat(checks.reserve("one")).isZero();
        clock.forward(Duration.ofMillis(2_500));

        assertThat(checks.reserve("one")).isEqualTo(Duration.ofMillis(7_500));
        assertThat(checks.reserve("two")).isZero();
    }

    @Test
    void askingTooEarlyDoesNotBeginThePauseAnew() {
        checks.reserve("one");
        clock.forward(Duration.ofSeconds(9));
        checks.reserve("one");
        clock.forward(Duration.ofSeconds(1));

        assertThat(checks.reserve("one")).isZero();
    }

    @Test
    void clockThatWasSetBackLocksNobodyOut() {
        clock.forward(Duration.ofHours(1));
        checks.reserve("one");
        clock.forward(Duration.ofHours(-1));

        assertThat(checks.reserve("one")).isZero();
    }
}
