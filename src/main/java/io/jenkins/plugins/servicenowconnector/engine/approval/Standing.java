package io.jenkins.plugins.servicenowconnector.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.time.Instant;

/**
 * Where a moment stands to a change window.
 *
 * @param position before, inside, or missed
 * @param words which window, with where the moment stands, on one line
 * @param left how long until the window begins; null if the moment is not before it
 */
public record Standing(
        Position position, String words, @CheckForNull Duration left) {

    /** Where a moment can stand to a change window. */
    public enum Position {
        BEFORE,
        INSIDE,
        /** Over, or never open because it ends no later than it starts. */
        MISSED
    }

    /**
     * Compares.
     *
     * @param from the first moment inside; null if always
     * @param until the first moment outside again; null if never
     */
    static Standing of(@CheckForNull Instant from, @CheckForNull Instant until, Instant now) {
        if (from == null && until == null) {
            return new Standing(Position.INSIDE, "no change window", null);
        }
        String window = "the change window" + (from == null ? "" : " from " + RawTime.format(from))
                + (until == null ? "" : " until " + RawTime.format(until));
        if (from != null && until != null && !until.isAfter(from)) {
            return new Standing(Position.MISSED, window + " ends no later than it starts", null);
        }
        if (until != null && !now.isBefore(until)) {
            return new Standing(Position.MISSED, window + " is over", null);
        }
        return from != null && now.isBefore(from)
                ? new Standing(Position.BEFORE, window + " has not begun", Duration.between(now, from))
                : new Standing(Position.INSIDE, window + " is open", null);
    }
}
