package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Lets only one of this Jenkins' attempts at the same ticket send at a time; one for all of them. */
public final class Claims {

    private final Map<String, Claim> held = new HashMap<>();

    /**
     * Takes or renews a claim.
     *
     * @param until when it ends by itself, so that one whose owner is gone stops nobody for ever
     * @return false if somebody else has it
     */
    synchronized boolean take(String ticket, Object owner, Instant now, Instant until) {
        held.values().removeIf(claim -> !claim.until.isAfter(now));
        Claim claim = held.get(ticket);
        if (claim != null && claim.owner != owner) {
            return false;
        }
        held.put(ticket, new Claim(owner, until));
        return true;
    }

    synchronized void free(Object owner) {
        held.values().removeIf(claim -> claim.owner == owner);
    }

    private record Claim(Object owner, Instant until) {}
}
