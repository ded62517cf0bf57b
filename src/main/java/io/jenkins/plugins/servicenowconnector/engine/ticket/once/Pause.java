package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress.Again;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

/** When to go on after a call that failed. */
final class Pause {

    private static final Duration TRY_EVERY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** ServiceNow does not say when to come back if its queue is full (servicenow-rest §7.1). */
    private static final int LONGEST_RANDOM_WAIT_SECONDS = 30;

    private Pause() {}

    /** After a write that has changed nothing; a failure that does not pass is thrown. */
    static Again untilTry(ServiceNowException failure, Instant now) throws ServiceNowException {
        if (!failure.isPassing()) {
            throw failure;
        }
        boolean isAgentMissing = failure.kind() == Kind.NO_AGENT;
        String reason = (isAgentMissing ? "Waiting for an agent: " : "Trying again: ") + failure.getMessage();
        return new Again(now.plus(length(failure, isAgentMissing ? LOOK_EVERY : TRY_EVERY)), reason);
    }

    /** After a look that failed. */
    static Again untilLook(ServiceNowException failure, Instant now) {
        return new Again(now.plus(length(failure, LOOK_EVERY)), failure.getMessage());
    }

    /** After a look that found nothing. */
    static Again untilLook(String reason, Instant now) {
        return new Again(now.plus(LOOK_EVERY), reason);
    }

    /** After a look that found nothing, while what an earlier life of Jenkins has sent may still arrive. */
    static Again whileQuiet(Instant now, Instant until) {
        String reason = "Jenkins has only just started, and what a build has sent before for the same onceFor may still"
                + " arrive; looking for it until " + until.truncatedTo(ChronoUnit.SECONDS) + ".";
        return untilLook(reason, now);
    }

    private static Duration length(ServiceNowException failure, Duration usual) {
        if (failure.kind() != Kind.RATE_LIMITED) {
            return usual;
        }
        return failure.retryAfter() != null
                ? failure.retryAfter()
                : Duration.ofSeconds(ThreadLocalRandom.current().nextInt(1, LONGEST_RANDOM_WAIT_SECONDS + 1));
    }
}
