package io.jenkins.plugins.servicenowconnector.engine.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Knows which waits are due, and when the next ones are.
 *
 * <p>Waits on one target with one interval come due together, whenever they began, so that they share requests; different
 * targets, and the lanes of a target with very many waits, come due at different moments, so that requests are spread.
 *
 * @param <W> what identifies a wait
 */
public final class Agenda<W> {

    /** After its deadline a wait ends with the first look that succeeds, for which it is given little time. */
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(30);

    private final Map<W, Entry> entries = new HashMap<>();

    /** The waits by the moment at which they are due; few moments, because waits share beats. */
    private final TreeMap<Instant, Set<W>> byMoment = new TreeMap<>();

    private final Map<Beat, Lanes> lanes = new HashMap<>();

    private Instant latest = Instant.MIN;

    /**
     * Adds a wait whose first look is due at once; one that is there already is only due again.
     *
     * @param deadline the moment at which it wants a look in any case
     */
    public synchronized void add(W wait, Target target, Duration interval, Instant deadline, Instant now) {
        remove(wait);
        Beat beat = new Beat(target, interval);
        int lane = lanes.computeIfAbsent(beat, each -> new Lanes()).enter();
        Entry entry = new Entry(beat, deadline, lane);
        entries.put(wait, entry);
        schedule(wait, entry, now);
    }

    /** Forgets a wait; nothing happens if it is not there. */
    public synchronized void remove(W wait) {
        Entry entry = entries.remove(wait);
        if (entry != null) {
            unschedule(wait, entry);
            Lanes own = lanes.get(entry.beat);
            own.leave(entry.lane);
            if (own.isEmpty()) {
                lanes.remove(entry.beat);
            }
        }
    }

    /**
     * Makes a wait due now, or as soon as the look at it is done: that may have begun too early for what is to be seen. Nothing
     * happens if it is not there.
     */
    public synchronized void hurry(W wait, Instant now) {
        Entry entry = entries.get(wait);
        if (entry == null) {
            return;
        }
        if (entry.due == null) {
            entry.hurried = true;
        } else {
            unschedule(wait, entry);
            schedule(wait, entry, now);
        }
    }

    /** Moves a wait's deadline, because a clock was set; it counts from when the wait is {@link #done} next. */
    public synchronized void postpone(W wait, Instant deadline) {
        Entry entry = entries.get(wait);
        if (entry != null) {
            entry.deadline = deadline;
        }
    }

    /**
     * Has a wait looked at at a moment, if that comes before its own time; it counts from when the wait is {@link #done} next.
     *
     * @param moment null for none
     */
    public synchronized void expect(W wait, Instant moment) {
        Entry entry = entries.get(wait);
        if (entry != null) {
            entry.expected = moment;
        }
    }

    /**
     * Takes the waits that are due, by target. They are not due again before {@link #done}.
     *
     * @return one list of waits for each target that has any
     */
    public synchronized Map<Target, List<W>> take(Instant now) {
        if (now.isBefore(latest)) {
            turnBack(now);
        }
        latest = now;
        Map<Target, List<W>> due = new LinkedHashMap<>();
        while (!byMoment.isEmpty() && !byMoment.firstKey().isAfter(now)) {
            for (W wait : byMoment.pollFirstEntry().getValue()) {
                Entry entry = entries.get(wait);
                entry.due = null;
                due.computeIfAbsent(entry.beat.target, target -> new ArrayList<>())
                        .add(wait);
            }
        }
        return due;
    }

    /** The clock was set back: without this, nothing would be looked at until it is where it was. */
    private void turnBack(Instant now) {
        byMoment.clear();
        entries.forEach((wait, entry) -> {
            if (entry.due != null) {
                schedule(wait, entry, entry.due.isAfter(now) ? entry.nextTick(now) : entry.due);
            }
        });
    }

    /**
     * Says that a wait was looked at, so that it comes due again one interval later, or at once if it was hurried meanwhile; one
     * that was removed stays so.
     */
    public synchronized void done(W wait, Instant now) {
        Entry entry = entries.get(wait);
        if (entry != null && entry.due == null) {
            entry.lane = lanes.get(entry.beat).keep(entry.lane);
            schedule(wait, entry, entry.hurried ? now : entry.nextTick(now));
            entry.hurried = false;
        }
    }

    /** When this wait is due next; empty if it is not there, or is being looked at. */
    public synchronized Optional<Instant> next(W wait) {
        return Optional.ofNullable(entries.get(wait)).map(entry -> entry.due);
    }

    /** When the next wait is due; empty if there is none, or all are being looked at. */
    public synchronized Optional<Instant> next() {
        return byMoment.isEmpty() ? Optional.empty() : Optional.of(byMoment.firstKey());
    }

    /** How many waits there are. */
    public synchronized int size() {
        return entries.size();
    }

    private void schedule(W wait, Entry entry, Instant due) {
        entry.due = due;
        byMoment.computeIfAbsent(due, moment -> new LinkedHashSet<>()).add(wait);
    }

    private void unschedule(W wait, Entry entry) {
        if (entry.due != null) {
            byMoment.computeIfPresent(entry.due, (moment, waits) -> {
                waits.remove(wait);
                return waits.isEmpty() ? null : waits;
            });
        }
    }

    /** What waits must have in common to come due together. */
    private record Beat(Target target, Duration interval) {}

    private static final class Entry {
        private final Beat beat;
        private Instant deadline;
        /** A moment at which a look is wanted although it is not on the beat; null for none. */
        private Instant expected;

        private int lane;
        /** When the next look is due; null while it is being looked at. */
        private Instant due;
        /** Whether another look is wanted as soon as the one that goes on is done. */
        private boolean hurried;

        Entry(Beat beat, Instant deadline, int lane) {
            this.beat = beat;
            this.deadline = deadline;
            this.lane = lane;
        }

        /** The first moment after now on the own lane's beat, or the deadline or the expected moment if that comes first. */
        Instant nextTick(Instant now) {
            boolean overdue = !now.isBefore(deadline);
            long length = Math.max(overdue ? shorter().toMillis() : beat.interval.toMillis(), 1);
            long ofTarget = Math.floorMod(beat.target.hashCode() * 0x9E3779B97F4A7C15L, length);
            long offset = ofTarget + (long) (Lanes.place(lane) * length);
            long since = Math.floorMod(now.toEpochMilli() - offset, length);
            // whole milliseconds: parts of one would set waits of the same beat apart again
            Instant tick = Instant.ofEpochMilli(now.toEpochMilli() + length - since);
            Instant next = !overdue && deadline.isBefore(tick) ? deadline : tick;
            return expected != null && expected.isAfter(now) && expected.isBefore(next) ? expected : next;
        }

        private Duration shorter() {
            return beat.interval.compareTo(AFTER_DEADLINE) < 0 ? beat.interval : AFTER_DEADLINE;
        }
    }
}
