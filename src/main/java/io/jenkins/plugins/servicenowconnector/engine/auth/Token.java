package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import java.time.Duration;
import java.time.Instant;

/**
 * An access token with the time until which it is used.
 *
 * @param header the header that carries it
 * @param renewAt when the next one is asked for
 * @param assumed whether its lifetime is our assumption because the endpoint named none
 */
record Token(AuthHeader header, Instant renewAt, boolean assumed) {

    /** ServiceNow's own default (servicenow-rest §6.3); a token that dies earlier is noticed by its first 401. */
    static final Duration ASSUMED_LIFETIME = Duration.ofMinutes(30);

    private static final Duration MARGIN = Duration.ofSeconds(60);

    /**
     * @param lifetime how long it lives from now; null if the endpoint did not say
     */
    static Token of(String value, Duration lifetime, Instant now) {
        Duration life = lifetime == null ? ASSUMED_LIFETIME : lifetime;
        // asked again before a token ends, ServiceNow gives the same one with what remains of its life; so the last
        // minute is used in ever smaller halves, or each call in it would ask for a token
        Duration half = life.dividedBy(2);
        Duration used = half.compareTo(MARGIN) < 0 ? half : life.minus(MARGIN);
        return new Token(new AuthHeader("Authorization", "Bearer " + value), now.plus(used), lifetime == null);
    }

    boolean isUsable(Instant now) {
        return now.isBefore(renewAt);
    }

    @Override
    public String toString() {
        return "access token (hidden) until " + renewAt;
    }
}
