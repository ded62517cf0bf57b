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
            assertThat(reserve("a", 30, now)).isZero();
        }
    }

    @Test
    void whatIsTooMuchComesAMinuteAfterThePollInWhosePlaceItStands() {
        reserve("a", 2, now);
        reserve("a", 2, now.plusSeconds(10));

        assertThat(reserve("a", 2, now.plusSeconds(20))).isEqualTo(Duration.ofSeconds(40));
        assertThat(reserve("a", 2, now.plusSeconds(20))).isEqualTo(Duration.ofSeconds(50));
        assertThat(reserve("a", 2, now.plusSeconds(20))).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void oldPollsNoLongerCount() {
        reserve("a", 1, now);

        assertThat(reserve("a", 1, now.plusSeconds(60))).isZero();
    }

    @Test
    void oneConnectorDoesNotSpendAnothersBudget() {
        reserve("a", 1, now);

        assertThat(reserve("b", 1, now)).isZero();
    }

    @Test
    void rateRuleKeepsThePollsOfItsTableApart() {
        Duration apart = Duration.ofSeconds(51);

        assertThat(budget.reserve("a", 30, "incident", apart, now)).isZero();
        assertThat(budget.reserve("a", 30, "incident", apart, now)).isEqualTo(apart);
        assertThat(budget.reserve("a", 30, "incident", apart, now)).isEqualTo(apart.multipliedBy(2));
    }

    @Test
    void rateRuleOfOneTableOrConnectorDelaysNoOther() {
        budget.reserve("a", 30, "incident", Duration.ofHours(1), now);

        assertThat(budget.reserve("a", 30, "problem", Duration.ofHours(1), now)).isZero();
        assertThat(budget.reserve("b", 30, "incident", Duration.ofHours(1), now))
                .isZero();
    }

    @Test
    void whatNobodyPollsAnyMoreIsForgotten() {
        for (int table = 0; table < 10; table++) {
            budget.reserve("connector " + table, 30, "u_" + table, Duration.ofSeconds(51), now);
        }
        assertThat(budget.size()).isEqualTo(20);

        reserve("a", 30, now.plus(Duration.ofDays(2)));

        assertThat(budget.size()).isEqualTo(1);
    }

    private Duration reserve(String connector, int most, Instant at) {
        return budget.reserve(connector, most, "incident", Duration.ZERO, at);
    }
}
