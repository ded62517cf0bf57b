package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    private Map<Instant, List<Integer>> spread(String table, Duration apart, int waits) {
        return budget.spread(
                "a", 2, table, apart, IntStream.range(0, waits).boxed().toList(), now);
    }

    @Test
    void waitsShareAPollAsFarAsTheirKeysFitIntoARequest() {
        assertThat(spread("incident", Duration.ZERO, 80)).containsOnlyKeys(now);

        Map<Instant, List<Integer>> later = spread("incident", Duration.ZERO, 100);

        assertThat(later.keySet()).containsExactly(now.plusSeconds(60), now.plusSeconds(120));
        assertThat(later.values().stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void rateRuleKeepsThePollsOfItsTableApart() {
        Duration apart = Duration.ofSeconds(51);
        assertThat(spread("incident", apart, 1)).containsOnlyKeys(now);

        assertThat(spread("incident", apart, 41)).containsOnlyKeys(now.plusSeconds(60), now.plusSeconds(111));
    }

    @Test
    void rateRuleOfOneTableDelaysNoOther() {
        spread("incident", Duration.ofHours(1), 1);

        assertThat(spread("problem", Duration.ZERO, 1)).containsOnlyKeys(now);
    }

    @Test
    void clockThatIsSetBackKeepsNobodyWaiting() {
        budget.reserve("a", 1, now);
        spread("incident", Duration.ofHours(1), 1);

        Instant back = now.minus(Duration.ofHours(5));

        assertThat(budget.spread("a", 2, "incident", Duration.ofHours(1), List.of(1), back))
                .containsOnlyKeys(back);
    }
}
