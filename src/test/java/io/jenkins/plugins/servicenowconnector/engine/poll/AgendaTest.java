package io.jenkins.plugins.servicenowconnector.engine.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-05-11T09:14:02.123456789Z");
    private static final Instant NEVER = Instant.parse("2036-01-01T00:00:00Z");
    private static final Target CHANGES = new Target("prod", "", "change_request");
    private static final Target INCIDENTS = new Target("prod", "", "incident");

    private final Agenda<String> agenda = new Agenda<>();

    private void add(String wait, Target target, Instant now) {
        agenda.add(wait, target, MINUTE, NEVER, now);
    }

    /** Lets everything that is due be looked at. */
    private List<String> lookedAt(Instant now) {
        List<String> waits =
                agenda.take(now).values().stream().flatMap(List::stream).toList();
        waits.forEach(wait -> agenda.done(wait, now));
        return waits;
    }

    private Instant nextOf(String wait) {
        return agenda.next(wait).orElseThrow();
    }

    @Test
    void firstLookIsDueAtOnce() {
        add("a", CHANGES, START);

        assertThat(agenda.next()).contains(START);
        assertThat(agenda.take(START)).containsExactly(Map.entry(CHANGES, List.of("a")));
    }

    @Test
    void nothingIsDueBeforeItsTime() {
        add("a", CHANGES, START);

        assertThat(agenda.take(START.minusNanos(1))).isEmpty();
    }

    @Test
    void waitsOfOneTargetComeDueTogetherWheneverTheyBegan() {
        add("a", CHANGES, START);
        lookedAt(START);
        add("b", CHANGES, START.plusMillis(17_001).plusNanos(7));
        lookedAt(START.plusMillis(17_002).plusNanos(9));
        Instant beat = nextOf("b");

        assertThat(lookedAt(beat)).contains("b");

        assertThat(nextOf("a")).isEqualTo(nextOf("b")).isEqualTo(beat.plus(MINUTE));
        assertThat(agenda.take(beat.plus(MINUTE))).containsExactly(Map.entry(CHANGES, List.of("a", "b")));
    }

    @Test
    void waitsLookedAtInOneRequestStayTogetherThoughTheyAreDoneOneAfterAnother() {
        add("a", CHANGES, START);
        add("b", CHANGES, START);
        agenda.take(START);
        agenda.done("a", START.plusNanos(1));
        agenda.done("b", START.plusNanos(999));

        assertThat(nextOf("a")).isEqualTo(nextOf("b"));
    }

    @Test
    void nextLookComesAfterAtMostOneInterval() {
        add("a", CHANGES, START);

        lookedAt(START);

        assertThat(nextOf("a")).isAfter(START).isBeforeOrEqualTo(START.plus(MINUTE));
    }

    @Test
    void targetsAreSpreadOverTheInterval() {
        Set<Instant> moments = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            add("wait" + i, new Target("connector" + i, "", "incident"), START);
        }
        lookedAt(START);
        IntStream.range(0, 20).forEach(i -> moments.add(nextOf("wait" + i)));

        assertThat(moments).hasSizeGreaterThan(15);
    }

    @Test
    void dueWaitsAreGivenByTarget() {
        add("a", CHANGES, START);
        add("b", INCIDENTS, START);
        add("c", CHANGES, START);

        assertThat(agenda.take(START))
                .containsOnly(Map.entry(CHANGES, List.of("a", "c")), Map.entry(INCIDENTS, List.of("b")));
    }

    @Test
    void waitThatIsBeingLookedAtIsNotDue() {
        add("a", CHANGES, START);
        agenda.take(START);

        assertThat(agenda.take(START.plus(Duration.ofHours(1)))).isEmpty();
        assertThat(agenda.next()).isEmpty();
        assertThat(agenda.next("a")).isEmpty();
    }

    @Test
    void lookComesAtTheDeadlineThatLiesBeforeTheNextBeat() {
        Instant deadline = START.plusSeconds(10);
        Duration day = Duration.ofDays(1);
        agenda.add("a", CHANGES, day, deadline, START);
        lookedAt(START);

        assertThat(nextOf("a")).isEqualTo(deadline);
    }

    @Test
    void afterTheDeadlineLooksComeSoonUntilOneSucceeds() {
        Instant deadline = START.plusSeconds(10);
        agenda.add("a", CHANGES, Duration.ofDays(1), deadline, START);
        lookedAt(START);
        lookedAt(deadline);

        assertThat(nextOf("a")).isAfter(deadline).isBeforeOrEqualTo(deadline.plusSeconds(30));
    }

    @Test
    void afterTheDeadlineLooksComeNoFasterThanAskedForOrFasterThanBefore() {
        agenda.add("a", CHANGES, Duration.ofSeconds(10), START, START);
        lookedAt(START);

        assertThat(nextOf("a")).isAfter(START).isBeforeOrEqualTo(START.plusSeconds(10));
    }

    @Test
    void waitThatIsRemovedIsForgotten() {
        add("a", CHANGES, START);
        agenda.remove("a");

        assertThat(agenda.take(START)).isEmpty();
        assertThat(agenda.next()).isEmpty();
        assertThat(agenda.size()).isZero();
    }

    @Test
    void waitThatIsRemovedWhileItIsLookedAtStaysSo() {
        add("a", CHANGES, START);
        agenda.take(START);
        agenda.remove("a");
        agenda.done("a", START);

        assertThat(agenda.next("a")).isEmpty();
        assertThat(agenda.next()).isEmpty();
        assertThat(agenda.size()).isZero();
    }

    @Test
    void hurriedWaitIsDueNow() {
        add("a", CHANGES, START);
        lookedAt(START);
        Instant soon = START.plusMillis(5);

        agenda.hurry("a", soon);

        assertThat(agenda.next()).contains(soon);
        assertThat(lookedAt(soon)).containsExactly("a");
        assertThat(agenda.take(soon)).isEmpty();
    }

    @Test
    void waitThatIsHurriedWhileItIsLookedAtIsDueAgainWhenThatIsDone() {
        agenda.add("a", CHANGES, Duration.ofDays(1), NEVER, START);
        agenda.take(START);
        agenda.hurry("a", START);
        assertThat(agenda.take(START)).as("one look at a time").isEmpty();
        Instant soon = START.plusMillis(70);

        agenda.done("a", soon);

        assertThat(lookedAt(soon)).containsExactly("a");
        assertThat(nextOf("a")).as("hurried once").isAfter(soon.plusSeconds(1));
    }

    @Test
    void hurryOfAnUnknownWaitDoesNothing() {
        agenda.hurry("b", START);

        assertThat(agenda.take(START)).isEmpty();
    }

    @Test
    void deadlineMayMoveWhileAWaitIsLookedAt() {
        Instant deadline = START.plusSeconds(10);
        agenda.add("a", CHANGES, Duration.ofDays(1), deadline, START);
        Instant ahead = START.plus(Duration.ofHours(30));
        agenda.take(ahead);

        agenda.postpone("a", ahead.plusSeconds(10));
        agenda.postpone("unknown", ahead);
        agenda.done("a", ahead);

        assertThat(nextOf("a")).isEqualTo(ahead.plusSeconds(10));
    }

    @Test
    void anExpectedMomentComesBeforeTheBeatAndOnlyOnce() {
        Duration day = Duration.ofDays(1);
        agenda.add("a", CHANGES, day, NEVER, START);
        Instant expected = START.plusSeconds(10);
        agenda.expect("unknown", expected);
        agenda.expect("a", expected);

        lookedAt(START);
        assertThat(nextOf("a")).isEqualTo(expected);
        lookedAt(expected);
        assertThat(nextOf("a")).as("it is past").isAfter(expected.plusSeconds(1));
        agenda.expect("a", START.plus(Duration.ofDays(3)));
        lookedAt(nextOf("a"));
        assertThat(nextOf("a")).as("the beat comes first").isBefore(START.plus(Duration.ofDays(3)));
    }

    @Test
    void doneWithoutALookDoesNothing() {
        add("a", CHANGES, START);

        agenda.done("a", START);
        agenda.done("b", START);

        assertThat(agenda.next("a")).contains(START);
    }

    @Test
    void clockThatIsSetBackHoldsNoLookBackForLongerThanAnInterval() {
        add("a", CHANGES, START);
        lookedAt(START);
        Instant back = START.minus(Duration.ofHours(5));

        agenda.take(back);

        assertThat(nextOf("a")).isAfter(back).isBeforeOrEqualTo(back.plus(MINUTE));
        assertThat(agenda.next()).contains(nextOf("a"));
    }

    @Test
    void clockThatIsSetForwardBringsOneLookNotMany() {
        add("a", CHANGES, START);
        lookedAt(START);
        Instant ahead = START.plus(Duration.ofHours(5));

        assertThat(lookedAt(ahead)).containsExactly("a");
        assertThat(nextOf("a")).isAfter(ahead);
    }

    @Test
    void fiveThousandWaitsShareTheirBeats() {
        for (int i = 0; i < 5_000; i++) {
            add("wait" + i, i % 2 == 0 ? CHANGES : INCIDENTS, START.plusNanos(i));
        }
        assertThat(lookedAt(START.plusNanos(5_000))).hasSize(5_000);
        Set<Instant> moments = new HashSet<>();
        IntStream.range(0, 5_000).forEach(i -> moments.add(nextOf("wait" + i)));
        assertThat(moments).hasSize(2 * 13);

        Instant now = START;
        int looks = 0;
        while (looks < 50_000) {
            now = agenda.next().orElseThrow();
            looks += lookedAt(now).size();
        }

        assertThat(looks).isEqualTo(50_000);
        assertThat(agenda.size()).isEqualTo(5_000);
    }

    private List<String> many(int count) {
        List<String> waits = IntStream.range(0, count).mapToObj(i -> "wait" + i).toList();
        waits.forEach(wait -> add(wait, CHANGES, START));
        lookedAt(START);
        return waits;
    }

    private Map<Instant, Long> sizesOfTicks(List<String> waits) {
        return waits.stream().collect(Collectors.groupingBy(this::nextOf, TreeMap::new, Collectors.counting()));
    }

    @Test
    void veryManyWaitsOfATargetAreSpreadOverTheInterval() {
        Map<Instant, Long> ticks = sizesOfTicks(many(1_600));

        assertThat(ticks)
                .hasSize(8)
                .allSatisfy((moment, size) -> assertThat(size).isEqualTo(200));
        Instant last = null;
        for (Instant moment : ticks.keySet()) {
            assertThat(last == null ? Duration.ofMillis(7_500) : Duration.between(last, moment))
                    .isBetween(Duration.ofMillis(7_499), Duration.ofMillis(7_501));
            last = moment;
        }
    }

    @Test
    void fewWaitsThatAreLeftComeTogetherAgainWithinAnInterval() {
        List<String> waits = many(2_000);
        // one of each lane stays
        List<String> left =
                IntStream.range(0, 10).mapToObj(lane -> waits.get(lane * 200)).toList();
        waits.stream().filter(wait -> !left.contains(wait)).forEach(agenda::remove);
        assertThat(sizesOfTicks(left)).hasSize(10);

        for (Instant now = START;
                !now.isAfter(START.plus(MINUTE));
                now = agenda.next().orElseThrow()) {
            lookedAt(now);
        }

        assertThat(sizesOfTicks(left)).hasSize(1);
    }

    @Test
    void moveToAnotherLaneMakesNoWaitWaitForLongerThanAnInterval() {
        List<String> waits = many(450);
        waits.subList(0, 250).forEach(agenda::remove);
        List<String> left = waits.subList(250, 450);

        for (int look = 0; look < 6; look++) {
            Instant now = agenda.next().orElseThrow();
            lookedAt(now);
            left.forEach(wait -> assertThat(nextOf(wait)).isBeforeOrEqualTo(now.plus(MINUTE)));
        }
        assertThat(sizesOfTicks(left)).hasSize(1);
    }

    @Test
    void waitsWithAnotherIntervalHaveLanesOfTheirOwn() {
        many(200);
        agenda.add("hourly", CHANGES, Duration.ofHours(1), NEVER, START);
        lookedAt(START);

        add("one more", CHANGES, START);
        lookedAt(START);

        assertThat(nextOf("one more")).isNotEqualTo(nextOf("wait0"));
        agenda.remove("hourly");
        agenda.remove("one more");
        add("again", CHANGES, START);
        lookedAt(START);
        assertThat(nextOf("again")).isNotEqualTo(nextOf("wait0"));
    }
}
