package io.jenkins.plugins.servicenowconnector.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until a test moves it. */
public final class SteppedClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void forward(Duration by) {
        now = now.plus(by);
    }

    /** Moves to that moment unless it is past. */
    public void until(Instant moment) {
        if (moment.isAfter(now)) {
            now = moment;
        }
    }
}
