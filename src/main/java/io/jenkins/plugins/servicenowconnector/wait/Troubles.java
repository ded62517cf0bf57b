package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The failed looks of one wait: which of them end it, and what the log says of them.
 *
 * <p>A passing failure never ends a wait before its deadline; a lasting one does when it has shown itself to be lasting.
 */
final class Troubles implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A failure that more looks do not mend must be seen this often … */
    private static final int LOOKS = 3;

    /** … over this time. */
    private static final Duration LASTING = Duration.ofMinutes(5);

    /** A ticket that was there may be out of sight for longer, while rights or domains are being changed. */
    private static final Duration VANISHED = Duration.ofMinutes(30);

    /** The time that is given for one successful look after the deadline, or after a restart that slept over it. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    /** Agents come back after Jenkins: a missing one is no news so soon after a restart. */
    private static final Duration AGENTS_RETURN = Duration.ofSeconds(60);

    private boolean seen;
    private int lastingLooks;
    private long lastingSince;
    private String told = "";

    private transient Instant awakeSince;

    /** Begins a life: the first, or one after a restart. */
    void wake(Instant now) {
        awakeSince = now;
    }

    /** The ticket was seen. */
    void seen() {
        seen = true;
        lastingLooks = 0;
    }

    /** Whether the ticket was ever seen. */
    boolean isSeen() {
        return seen;
    }

    /** A look failed; the log is told when this begins or becomes another failure. */
    void met(ServiceNowException failure, Instant now, WaitLog log) {
        turnBack(now);
        if (failure.isPassing() || failure.kind() == Kind.UNAUTHENTICATED) {
            lastingLooks = 0;
        } else {
            lastingSince = lastingLooks == 0 ? now.toEpochMilli() : lastingSince;
            lastingLooks++;
        }
        boolean tooEarly = failure.kind() == Kind.NO_AGENT && now.isBefore(awakeSince.plus(AGENTS_RETURN)) && seen;
        if (!tooEarly && !told.equals(failure.sentence())) {
            told = failure.sentence();
            log.failing(failure);
        }
    }

    /** The clock was set back: what began later than now begins now. */
    private void turnBack(Instant now) {
        lastingSince = Math.min(lastingSince, now.toEpochMilli());
        awakeSince = awakeSince.isAfter(now) ? now : awakeSince;
    }

    /** A look worked again. */
    void over(WaitLog log) {
        if (!told.isEmpty()) {
            told = "";
            log.worksAgain();
        }
    }

    /** Whether this failure ends the wait. */
    boolean endWait(ServiceNowException failure, Instant now) {
        return switch (failure.kind()) {
            case UNAUTHENTICATED -> !seen;
            case BAD_INPUT -> true;
            default -> !failure.isPassing() && hasLasted(failure, now);
        };
    }

    private boolean hasLasted(ServiceNowException failure, Instant now) {
        Duration enough = seen && failure.kind() == Kind.NOT_FOUND ? VANISHED : LASTING;
        return lastingLooks >= LOOKS
                && !now.isBefore(Instant.ofEpochMilli(lastingSince).plus(enough));
    }

    /** Whether there was time enough for a last look after the deadline. */
    boolean outlast(Instant deadline, Instant now) {
        Instant from = deadline.isAfter(awakeSince) ? deadline : awakeSince;
        return !now.isBefore(from.plus(GRACE));
    }
}
