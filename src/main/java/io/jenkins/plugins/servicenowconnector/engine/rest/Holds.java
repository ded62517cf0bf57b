package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What a connector has learnt of its instance's rate limits (servicenow-rest §7.1): which calls wait after a 429, and how far
 * apart polls have to be.
 *
 * <p>A rule of ServiceNow is for a method and a table, so a hold is too: reads that are held hold no writes. One register
 * serves all calls of a connector and outlives each {@link Instance}.
 */
public final class Holds {

    /** Of what a rule allows, so much is for polls; the rest is left to whoever else calls as the same user. */
    private static final double SHARE_OF_POLLS = 0.7;

    /** A 429 without a time comes from a full queue, which is soon worked off (servicenow-rest §7.2). */
    private static final int LONGEST_RANDOM_SECONDS = 30;

    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<Rule, Hold> held = new ConcurrentHashMap<>();
    private final Map<Rule, Integer> callsAnHour = new ConcurrentHashMap<>();
    private volatile Instant lastUse;

    /** Nothing is held yet. */
    public Holds(InstantSource clock) {
        this(clock, RandomGenerator.getDefault());
    }

    Holds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.lastUse = clock.instant();
    }

    /**
     * The least time between two polls of a table that leaves room for other calls.
     *
     * @return zero if no rule is known
     */
    public Duration betweenPolls(String table) {
        Integer limit = callsAnHour.get(new Rule(Method.GET, table));
        return limit == null ? Duration.ZERO : Duration.ofMillis((long) (HOUR.toMillis() / (limit * SHARE_OF_POLLS)));
    }

    /** Whether nobody has called for an hour, so that nothing here counts any more. */
    public boolean isIdle() {
        return !clock.instant().isBefore(lastUse.plus(HOUR));
    }

    /** Lets a call pass, or refuses it with what the 429 said; what is refused here was not sent. */
    void check(Asked asked) throws ServiceNowException {
        Instant now = clock.instant();
        lastUse = now;
        Rule rule = Rule.of(asked);
        Hold hold = held.get(rule);
        if (hold == null) {
            return;
        }
        if (!hold.holds(now)) {
            held.remove(rule, hold);
            return;
        }
        throw ServiceNowException.rateLimited(
                hold.sentence,
                new Facts(asked.table(), asked.method().name(), 0, "", "", "", ""),
                Duration.between(now, hold.until));
    }

    /** Takes note of a good answer: every one that a rule matches tells of the rule. */
    void answered(Asked asked, Answer answer) {
        String limit = answer.header("x-ratelimit-limit");
        if (limit.matches("[1-9][0-9]{0,8}")) {
            callsAnHour.put(Rule.of(asked), Integer.valueOf(limit));
        } else {
            callsAnHour.remove(Rule.of(asked));
        }
    }

    /**
     * Takes note of an error; only a 429 holds calls.
     *
     * @return the same error, saying how long calls are held
     */
    ServiceNowException failed(Asked asked, ServiceNowException failure) {
        if (failure.kind() != Kind.RATE_LIMITED) {
            return failure;
        }
        Duration pause = failure.retryAfter() == null
                ? Duration.ofSeconds(random.nextInt(1, LONGEST_RANDOM_SECONDS + 1))
                : failure.retryAfter();
        Instant now = clock.instant();
        Hold hold = held.merge(Rule.of(asked), new Hold(now, now.plus(pause), failure.sentence()), Hold::longer);
        return ServiceNowException.rateLimited(failure.sentence(), failure.facts(), Duration.between(now, hold.until));
    }

    private record Rule(Method method, String table) {

        static Rule of(Asked asked) {
            return new Rule(asked.method(), asked.table());
        }
    }

    /** One pause: a clock that was set back ends it, rather than making it longer. */
    private record Hold(Instant since, Instant until, String sentence) {

        boolean holds(Instant now) {
            return !now.isBefore(since) && now.isBefore(until);
        }

        Hold longer(Hold other) {
            return holds(other.since) && until.isAfter(other.until) ? this : other;
        }
    }
}
