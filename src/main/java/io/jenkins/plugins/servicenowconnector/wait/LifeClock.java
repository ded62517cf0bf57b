package io.jenkins.plugins.servicenowconnector.wait;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time that counts for a wait in one life of Jenkins: Jenkins' clock, but never faster than time goes by, so that a clock
 * that is set forward shortens no wait.
 *
 * @param began what Jenkins' clock showed when this life of the wait began
 * @param beganNanos what the other clock showed then
 * @param nanos a clock that nobody sets, in nanoseconds
 */
record LifeClock(Instant began, long beganNanos, LongSupplier nanos) {

    /** Begins now. */
    static LifeClock from(Instant now, LongSupplier nanos) {
        return new LifeClock(now, nanos.getAsLong(), nanos);
    }

    /** What counts when Jenkins' clock shows this: the same, or less after it was set forward. */
    Instant counted(Instant now) {
        Instant most = began.plusNanos(nanos.getAsLong() - beganNanos);
        return now.isAfter(most) ? most : now;
    }

    /** What Jenkins' clock shows, as it goes now, when a moment has come that counts. */
    Instant shownAt(Instant moment, Instant now) {
        return now.plus(Duration.between(counted(now), moment));
    }
}
