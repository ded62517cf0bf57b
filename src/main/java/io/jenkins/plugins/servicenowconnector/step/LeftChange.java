package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import java.time.Duration;
import java.time.Instant;

/** A change whose deployment is not run, as it stands with its build until it is canceled: texts and numbers only. */
final class LeftChange {

    /** The only tickets that are canceled. */
    static final String TABLE = "change_request";

    /** So long ServiceNow is asked again soon, as after a short trouble. */
    private static final Duration SOON = Duration.ofMinutes(30);

    /** So long altogether: an instance that sleeps is woken at the latest after a weekend and some days. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final String connector;
    private final String label;
    private final String sysId;
    private final String name;
    private final String reason;
    private final long sinceMillis;
    private boolean givenUp;
    private String trouble = "";

    /**
     * @param target through which connector, from where
     * @param sysId its key
     * @param name what people call it
     * @param reason why the deployment is not run
     */
    LeftChange(Target target, String sysId, String name, String reason, Instant since) {
        this.connector = target.connector();
        this.label = target.label();
        this.sysId = sysId;
        this.name = name;
        this.reason = reason;
        this.sinceMillis = since.toEpochMilli();
    }

    Target target() {
        return new Target(connector, label, TABLE);
    }

    String sysId() {
        return sysId;
    }

    String name() {
        return name;
    }

    String reason() {
        return reason;
    }

    /** When it is tried again after a failure that passes; null if never. */
    Instant again(Instant now) {
        Duration passed = Duration.between(Instant.ofEpochMilli(sinceMillis), now);
        if (passed.compareTo(LONGEST) >= 0) {
            return null;
        }
        return now.plus(passed.compareTo(SOON) < 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(10));
    }

    /** Until when it is tried again. */
    Instant end() {
        return Instant.ofEpochMilli(sinceMillis).plus(LONGEST);
    }

    /** Whether nothing more is tried: it stays with its approvers. */
    synchronized boolean isGivenUp() {
        return givenUp;
    }

    /** For the build's page: why it is not canceled; empty as long as nothing is in the way. */
    synchronized String trouble() {
        return trouble;
    }

    synchronized void isInTrouble(String sentence) {
        trouble = sentence;
    }

    synchronized void giveUp(String sentence) {
        trouble = sentence;
        givenUp = true;
    }
}
