package io.jenkins.plugins.servicenowconnector.wait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Keeps the polls of each connector within what its administrator allows a minute: what is too much comes later. */
final class PollBudget {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Longer than any rate rule, which counts in hours, keeps two polls apart. */
    private static final Duration LONGEST_APART = Duration.ofDays(1);

    /** When the polls of the last minute were, or will be, made. */
    private final Map<String, Deque<Instant>> byConnector = new HashMap<>();

    /** When each table was last polled, or will be, where a rate rule keeps polls apart. */
    private final Map<String, Instant> byTable = new HashMap<>();

    /**
     * Reserves one poll of a table.
     *
     * @param connector the connector's id
     * @param most how many polls a minute it allows
     * @param table the table that is polled
     * @param apart the least time between two polls of the table; zero if there is no rule
     * @return how long to wait before the poll; zero for now
     */
    synchronized Duration reserve(String connector, int most, String table, Duration apart, Instant now) {
        forgetOld(now);
        Duration pause = reserve(connector, most, now);
        return apart.isZero()
                ? pause
                : Duration.between(now, keepApart(connector + " " + table, apart, now.plus(pause)));
    }

    private Instant keepApart(String table, Duration apart, Instant at) {
        Instant last = byTable.getOrDefault(table, Instant.MIN);
        Instant kept = at.minus(apart).isBefore(last) ? last.plus(apart) : at;
        byTable.put(table, kept);
        return kept;
    }

    private Duration reserve(String connector, int most, Instant now) {
        Deque<Instant> polls = byConnector.computeIfAbsent(connector, id -> new ArrayDeque<>());
        while (!polls.isEmpty() && !polls.peekFirst().plus(MINUTE).isAfter(now)) {
            polls.removeFirst();
        }
        Instant at = polls.size() < most ? now : nth(polls, polls.size() - most).plus(MINUTE);
        polls.addLast(at);
        return Duration.between(now, at);
    }

    private static Instant nth(Deque<Instant> polls, int index) {
        return polls.stream().skip(index).findFirst().orElseThrow();
    }

    /** Connectors and tables that nobody polls any more need not be known. */
    private void forgetOld(Instant now) {
        byConnector.values().removeIf(polls -> !polls.peekLast().plus(MINUTE).isAfter(now));
        byTable.values().removeIf(last -> last.plus(LONGEST_APART).isBefore(now));
    }

    /** How many connectors and tables are remembered. */
    synchronized int size() {
        return byConnector.size() + byTable.size();
    }
}
