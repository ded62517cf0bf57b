package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import java.time.Duration;
import java.time.Instant;

/** Reads from a 429 how long ServiceNow asks us to wait (servicenow-rest §7.1). */
final class RetryAfter {

    /** No rate rule of ServiceNow spans more than an hour. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * The wait asked for.
     *
     * @param now the time on the clock that a moment in the answer is told by: the instance's
     * @return at most an hour; null if the answer does not say
     */
    static Duration read(Answer answer, Instant now) {
        Long seconds = number(answer.header("retry-after"));
        if (seconds == null) {
            Long reset = number(answer.header("x-ratelimit-reset"));
            seconds = reset == null ? null : reset - now.getEpochSecond();
        }
        if (seconds == null || seconds < 0) {
            return null;
        }
        Duration wait = Duration.ofSeconds(seconds);
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Long number(String text) {
        return text.matches("[0-9]{1,12}") ? Long.valueOf(text) : null;
    }
}
