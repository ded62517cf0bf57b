package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WaitEndTest {

    @Test
    void decisionCountsForOneIntervalAfterItsLook() {
        WaitEnd end = foundBefore(Duration.ofSeconds(50));

        assertThat(end.left(Duration.ofMinutes(1)))
                .as("not for a whole interval more")
                .isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(foundBefore(Duration.ofMinutes(2)).left(Duration.ofMinutes(1)))
                .isNegative();
    }

    @Test
    void decisionOfAVeryShortIntervalCountsForThatFromNowOn() {
        assertThat(foundBefore(Duration.ofSeconds(5)).left(Duration.ofSeconds(2)))
                .isEqualTo(Duration.ofSeconds(2));
    }

    private static WaitEnd foundBefore(Duration time) {
        long nanos = System.nanoTime() - time.toNanos();
        return new WaitEnd(Outcome.APPROVED, "approved", null, null, null, null, null, nanos);
    }
}
