package io.jenkins.plugins.servicenowconnector.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Knows which waits are due, and when the next ones are.
 *
 * <p>Waits on one target with one interval come due together, whenever they began, so that they share requests; different
 * targets come due at different moments, so that requests are spread.
 *
 * @param <W> what identifies a wait
 */
public final class Agenda<W> {

    private final Map<W, Entry> entries = new LinkedHashMap<>();

    /**
     * Adds a wait whose first look is due at once; one that is there already is only due again.
     *
     * @param deadline the moment at which it wants a look in any case
     */
    public synchronized void add(W wait, Target target, Duration interval, Instant deadline, Instant now) {
        entries.put(wait, new Entry(target, interval, deadline, now));
    }

    /** Forgets a wait; nothing happens if it is not there. */
    public synchronized void remove(W wait) {
        entries.remove(wait);
    }

    /** Makes a wait due now; nothing happens if it is not there or being looked at. */
    public synchronized void hurry(W wait, Instant now) {
        Entry entry = entries.get(wait);
        if (entry != null && entry.due != null) {
            entry.due = now;
        }
    }

    /**
     * Takes the waits that are due, by target. They are not due again before {@link #done}.
     *
     * @return one list of waits for each target that has any
     */
    public synchronized Map<Target, List<W>> take(Instant now) {
        Map<Target, List<W>> due = new LinkedHashMap<>();
        entries.forEach((wait, entry) -> {
            if (entry.due != null && !entry.due.isAfter(now)) {
                entry.due = null;
                due.computeIfAbsent(entry.target, target -> new ArrayList<>()).add(wait);
            }
        });
        return due;
    }

    /** Says that a wait was looked at, so that it comes due again one interval later; one that was removed stays so. */
    public synchronized void done(W wait, Instant now) {
        Entry entry = entries.get(wait);
        if (entry != null && entry.due == null) {
            entry.due = entry.nextTick(now);
        }
    }

    /** When this wait is due next; empty if it is not there, or is being looked at. */
    public synchronized Optional<Instant> next(W wait) {
        return Optional.ofNullable(entries.get(wait)).map(entry -> entry.due);
    }

    /** When the next wait is due; empty if there is none, or all are being looked at. */
    public synchronized Optional<Instant> next() {
        return entries.values().stream()
                .map(entry -> entry.due)
                .filter(due -> due != null)
                .min(Comparator.naturalOrder());
    }

    /** How many waits there are. */
    public synchronized int size() {
        return entries.size();
    }

    private static final class Entry {
        private final Target target;
        private final Duration interval;
        private final Instant deadline;
        /** When the next look is due; null while it is being looked at. */
        private Instant due;

        Entry(Target target, Duration interval, Instant deadline, Instant due) {
            this.target = target;
            this.interval = interval;
            this.deadline = deadline;
            this.due = due;
        }

        /** The first moment after now on the target's own beat, or the deadline if that comes first. */
        Instant nextTick(Instant now) {
            long beat = Math.max(interval.toMillis(), 1);
            long offset = Math.floorMod(target.hashCode() * 0x9E3779B97F4A7C15L, beat);
            long since = Math.floorMod(now.toEpochMilli() - offset, beat);
            Instant tick = now.plusMillis(beat - since);
            return now.isBefore(deadline) && deadline.isBefore(tick) ? deadline : tick;
        }
    }
}
