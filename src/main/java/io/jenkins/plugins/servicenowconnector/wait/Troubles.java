package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.IOException;
import java.io.ObjectInputStream;
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

    /** Whether Jenkins was restarted since the wait began, so that agents and credentials may still be on their way. */
    private transient boolean resumed;

    /** What is told only if it is still so when agents had time to come back; null for nothing. */
    private transient ServiceNowException heldBack;

    /** Begins a life: the first, or one after a restart. */
    void wake(Instant now) {
        awakeSince = now;
    }

    @Serial
    private void readObject(ObjectInputStream stored) throws IOException, ClassNotFoundException {
        stored.defaultReadObject();
        resumed = true;
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
        if (mayPass(failure)) {
            lastingLooks = 0;
        } else {
            lastingSince = lastingLooks == 0 ? now.toEpochMilli() : lastingSince;
            lastingLooks++;
        }
        heldBack = resumed && failure.kind() == Kind.NO_AGENT ? failure : null;
        if (heldBack == null) {
            tell(failure, log);
        } else {
            remind(now, log);
        }
    }

    /** Tells what was held back, if it is time. */
    void remind(Instant now, WaitLog log) {
        if (heldBack != null && !now.isBefore(awakeSince.plus(AGENTS_RETURN))) {
            tell(heldBack, log);
            heldBack = null;
        }
    }

    private void tell(ServiceNowException failure, WaitLog log) {
        if (!told.equals(failure.sentence())) {
            told = failure.sentence();
            log.failing(failure);
        }
    }

    /**
     * Whether a failure ends no wait before its deadline. A refused secret, and a connection that is not trusted any more, are
     * put right by others in their own time; before the ticket was ever seen they are mistakes that somebody should know of.
     */
    private boolean mayPass(ServiceNowException failure) {
        return switch (failure.kind()) {
            case UNAUTHENTICATED -> true;
            case TLS -> seen;
            default -> failure.isPassing();
        };
    }

    /** The clock was set back: what began later than now begins now. */
    private void turnBack(Instant now) {
        lastingSince = Math.min(lastingSince, now.toEpochMilli());
        awakeSince = awakeSince.isAfter(now) ? now : awakeSince;
    }

    /** A look worked again. */
    void over(WaitLog log) {
        heldBack = null;
        if (!told.isEmpty()) {
            told = "";
            log.worksAgain();
        }
    }

    /** Whether a failure to read the ticket ends the wait. */
    boolean endWait(ServiceNowException failure, Instant now) {
        return switch (failure.kind()) {
            case UNAUTHENTICATED -> !seen;
            // what is wrong with the connector or its credential while somebody waits may be put right in time
            case BAD_INPUT -> !seen && !resumed || hasLasted(LASTING, now);
            case NOT_FOUND -> hasLasted(seen && isTheTicket(failure) ? VANISHED : LASTING, now);
            default -> !mayPass(failure) && hasLasted(LASTING, now);
        };
    }

    /** Whether a failure to judge the ticket, which was there, ends the wait. */
    boolean endJudging(ServiceNowException failure, Instant now) {
        return failure.kind() == Kind.BAD_INPUT || hasLasted(LASTING, now);
    }

    /** That there is no such table, or no such interface, comes with another status (servicenow-rest §1.9). */
    private static boolean isTheTicket(ServiceNowException failure) {
        int status = failure.facts().status();
        return status == 0 || status == 404;
    }

    private boolean hasLasted(Duration enough, Instant now) {
        return lastingLooks >= LOOKS
                && !now.isBefore(Instant.ofEpochMilli(lastingSince).plus(enough));
    }

    /** Whether there was time enough for a last look after the deadline. */
    boolean outlast(Instant deadline, Instant now) {
        Instant from = deadline.isAfter(awakeSince) ? deadline : awakeSince;
        return !now.isBefore(from.plus(GRACE));
    }
}
