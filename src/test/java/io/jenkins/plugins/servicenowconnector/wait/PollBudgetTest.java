package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollBudgetTest {

    private final PollBudget budget = new PollBudget();
    private final Instant now = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void pollsWithinTheBudgetAreMadeAtOnce() {
        for (int poll = 0; poll < 30; poll++) {
            assertThat(budget.reserve("a", 30, now)).isZero();
        }
    }

    @Test
    void whatIsTooMuchComesAMinuteAfterThePollInWhosePlaceItStands() {
        budget.reserve("a", 2, now);
        budget.reserve("a", 2, now.plusSeconds(10));

        assertThat(budget.reserve("a", 2, now.plusSeconds(20))).isEqualTo(Duration.ofSeconds(40));
        assertThat(budget.reserve("a", 2, now.plusSeconds(20))).isEqualTo(Duration.ofSeconds(50));
        assertThat(budget.reserve("a", 2, now.plusSeconds(20))).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void oldPollsNoLongerCount() {
        budget.reserve("a", 1, now);

        assertThat(budget.reserve("a", 1, now.plusSeconds(60))).isZero();
    }

    @Test
    void oneConnectorDoesNotSpendAnothersBudget() {
        budget.reserve("a", 1, now);

        assertThat(budget.reserve("b", 1, now)).isZero();
    }

    private Duration poll(String table, int secondsApart) {
        return budget.reserve("a", 2, table, Duration.ofSeconds(secondsApart), now);
    }

    @Test
    void rateRuleKeepsThePollsOfItsTableApart() {
        assertThat(poll("incident", 51)).isZero();
        assertThat(poll("incident", 51)).isEqualTo(Duration.ofSeconds(51));
        assertThat(poll("incident", 51)).as("later than the budget of a minute").isEqualTo(Duration.ofSeconds(102));
    }

    @Test
    void rateRuleOfOneTableDelaysNoOther() {
        poll("incident", 3_600);

        assertThat(poll("problem", 0)).isZero();
    }

    @Test
    void withoutARuleTheBudgetAloneCounts() {
        poll("incident", 0);
        poll("incident", 0);

        assertThat(poll("incident", 0)).isEqualTo(Duration.ofSeconds(60));
    }
}
