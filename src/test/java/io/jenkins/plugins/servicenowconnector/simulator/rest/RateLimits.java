package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Rules that allow so many calls an hour for one method on one table. */
public final class RateLimits {

    private final InstanceClock clock;
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    public RateLimits(InstanceClock clock) {
        this.clock = clock;
    }

    /** Adds a rule; the path decides, so that {@code /api/now/table/incident} covers the table with its records. */
    public void add(String method, String path, int callsAnHour) {
        rules.add(new Rule(method, path, callsAnHour));
    }

    public void clear() {
        rules.clear();
    }

    /** Counts the call; a 429 when its rule is used up. */
    Optional<Reply> count(Call call) {
        return rule(call).filter(rule -> !rule.take(hour())).map(rule -> {
            Reply reply = Reply.error(
                    429,
                    "Rate limit exceeded",
                    "Rate limit of " + rule.limit + " requests per hour for Table API exceeded");
            return describe(reply, rule).with("Retry-After", String.valueOf(secondsLeft()));
        });
    }

    /** Every answer that a rule matches tells of it, good ones too. */
    Reply onAnswer(Reply reply, Call call) {
        return rule(call).map(rule -> describe(reply, rule)).orElse(reply);
    }

    private Optional<Rule> rule(Call call) {
        return rules.stream().filter(rule -> rule.matches(call)).findFirst();
    }

    private Reply describe(Reply reply, Rule rule) {
        long reset = hour().plus(1, ChronoUnit.HOURS).getEpochSecond();
        return reply.with("X-RateLimit-Limit", String.valueOf(rule.limit))
                .with("X-RateLimit-Reset", String.valueOf(reset))
                .with("X-RateLimit-Rule", rule.sysId);
    }

    private Instant hour() {
        return clock.now().truncatedTo(ChronoUnit.HOURS);
    }

    private long secondsLeft() {
        return Duration.between(clock.now(), hour().plus(1, ChronoUnit.HOURS)).toSeconds() + 1;
    }

    /** One row of {@code sys_rate_limit_rules} with its counter. */
    private static final class Rule {

        private final String method;
        private final String path;
        private final int limit;
        private final String sysId = Tables.newSysId();
        private Instant hour = Instant.EPOCH;
        private int used;

        private Rule(String method, String path, int limit) {
            this.method = method;
            this.path = path;
            this.limit = limit;
        }

        private boolean matches(Call call) {
            return call.effectiveMethod().equals(method) && call.path().startsWith(path);
        }

        private synchronized boolean take(Instant now) {
            used = now.equals(hour) ? used + 1 : 1;
            hour = now;
            return used <= limit;
        }
    }
}
