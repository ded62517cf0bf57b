package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeftTicketTest {

    @Test
    void instanceThatSleepsIsAskedForAWeekAndATicketInDoubtIsAwaitedTenMinutes() {
        assertThat(LeftTicket.pause(true, false, Duration.ofMinutes(9))).isEqualTo(Duration.ofSeconds(10));
        assertThat(LeftTicket.pause(true, false, Duration.ofDays(6))).isEqualTo(Duration.ofMinutes(10));
        assertThat(LeftTicket.pause(true, false, Duration.ofDays(7))).isNull();
        assertThat(LeftTicket.pause(false, true, Duration.ofMinutes(9))).isEqualTo(Duration.ofSeconds(10));
        assertThat(LeftTicket.pause(false, true, Duration.ofMinutes(10))).isNull();
        assertThat(LeftTicket.pause(false, false, Duration.ZERO)).isNull();
    }
}
