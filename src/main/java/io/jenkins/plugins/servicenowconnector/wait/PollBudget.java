package io.jenkins.plugins.servicenowconnector.wait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the polls of each connector within what its administrator allows a minute: what is too much comes later. */
final class PollBudget {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** How many tickets one request asks for at least, if there are so many: their keys fit into its address. */
    private static final int TICKETS = 40;

    /** When the polls of the last minute were, or will be, made. */
    private final Map<String, Deque<Instant>> byConnector = new HashMap<>();

    /** When each table was last polled, or will be, where a rate rule keeps polls apart. */
    private final Map<String, Instant> byTable = new HashMap<>();

    private Instant latest = Instant.MIN;

    /**
     * Reserves a poll for every request that so many waits need.
     *
     * @param connector the connector's id
     * @param most how many polls a minute it allows
     * @param table the table that is polled
     * @param apart the least time between two polls of the table; zero if there is no rule
     * @param due who is waiting for a look
     * @return who is looked at when, in the order of the moments
     */
    synchronized <W> Map<Instant, List<W>> spread(
            String connector, int most, String table, Duration apart, List<W> due, Instant now) {
        Map<Instant, List<W>> parts = new LinkedHashMap<>();
        for (int from = 0; from < due.size(); from += TICKETS) {
            Instant at = now.plus(reserve(connector, most, now));
            if (!apart.isZero()) {
                at = keepApart(connector + " " + table, apart, at);
            }
            parts.computeIfAbsent(at, moment -> new ArrayList<>())
                    .addAll(due.subList(from, Math.min(from + TICKETS, due.size())));
        }
        return parts;
    }

    private Instant keepApart(String table, Duration apart, Instant at) {
        Instant last = byTable.getOrDefault(table, Instant.MIN);
        Instant kept = at.minus(apart).isBefore(last) ? last.plus(apart) : at;
        byTable.put(table, kept);
        return kept;
    }

    /**
     * Reserves one poll.
     *
     * @param connector the connector's id
     * @param most how many polls a minute it allows
     * @return how long to wait before the poll; zero for now
     */
    synchronized Duration reserve(String connector, int most, Instant now) {
        forgetIfTurnedBack(now);
        Deque<Instant> polls = byConnector.computeIfAbsent(connector, id -> new ArrayDeque<>());
        while (!polls.isEmpty() && !polls.peekFirst().plus(MINUTE).isAfter(now)) {
            polls.removeFirst();
        }
        Instant at = polls.size() < most ? now : nth(polls, polls.size() - most).plus(MINUTE);
        polls.addLast(at);
        return Duration.between(now, at);
    }

    /** The clock was set back: what was reserved by the old one would keep everybody waiting. */
    private void forgetIfTurnedBack(Instant now) {
        if (now.isBefore(latest.equals(Instant.MIN) ? latest : latest.minus(MINUTE))) {
            byConnector.clear();
            byTable.clear();
        }
        latest = now;
    }

    private static Instant nth(Deque<Instant> polls, int index) {
        return polls.stream().skip(index).findFirst().orElseThrow();
    }
}
