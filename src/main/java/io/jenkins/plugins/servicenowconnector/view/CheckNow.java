package io.jenkins.plugins.servicenowconnector.view;

import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Has waits looked at when people ask for it, each at most once in ten seconds. */
final class CheckNow {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<String, Instant> asked = new HashMap<>();

    CheckNow(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Has a wait looked at.
     *
     * @return zero if it is looked at now, else how long people have to wait before they may ask again
     */
    Duration ask(Waiter waiter) {
        ApprovalWait wait = waiter.approval();
        Duration pause = reserve(wait.id());
        if (pause.isZero()) {
            try {
                Connectors.find(wait.target().connector(), waiter.place(), waiter.job())
                        .tryRefusedSecretAgain();
            } catch (ServiceNowException e) {
                // the look says by itself that there is no such connector any more
            }
            Waits.get().hurry(wait);
        }
        return pause;
    }

    /** Notes that a wait is asked for; how long that is too early, zero if it is not. */
    synchronized Duration reserve(String wait) {
        Instant now = clock.instant();
        // a clock that was set back must not lock anybody out
        asked.values().removeIf(at -> at.isAfter(now) || !now.isBefore(at.plus(PAUSE)));
        Instant before = asked.putIfAbsent(wait, now);
        return before == null ? Duration.ZERO : Duration.between(now, before.plus(PAUSE));
    }
}
