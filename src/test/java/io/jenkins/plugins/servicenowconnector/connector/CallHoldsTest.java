package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whose rate limits are remembered together, and for how long. */
class CallHoldsTest {

    private static final String URL = "https://example.service-now.com";

    private final SteppedClock clock = new SteppedClock();
    private final CallHolds holds = new CallHolds(clock);

    @Test
    void allCallsOfAConnectorShareWhatItsInstanceHasTold() {
        assertThat(holds.of("global:prod", URL)).isSameAs(holds.of("global:prod", URL));
    }

    @Test
    void anotherConnectorAndAnotherAddressKnowNothingOfIt() {
        Holds known = holds.of("global:prod", URL);

        assertThat(holds.of("folder:prod", URL)).isNotSameAs(known);
        assertThat(holds.of("global:prod", "https://other.service-now.com")).isNotSameAs(known);
        assertThat(holds.of("global:prod", URL)).isSameAs(known);
    }

    @Test
    void whatIsNotUsedForAnHourIsDroppedWhenAnotherConnectorBegins() {
        Holds known = holds.of("global:prod", URL);
        clock.forward(Duration.ofMinutes(59));
        holds.of("global:second", URL);
        assertThat(holds.of("global:prod", URL)).isSameAs(known);
        clock.forward(Duration.ofMinutes(1));

        holds.of("global:third", URL);

        assertThat(holds.of("global:prod", URL)).isNotSameAs(known);
    }
}
