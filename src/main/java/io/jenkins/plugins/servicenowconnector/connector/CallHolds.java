package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** What is known of the rate limits of each connector's instance, in memory only; what is not used for an hour is dropped. */
final class CallHolds {

    private static final Map<String, Holds> BY_CONNECTOR = new HashMap<>();

    private CallHolds() {}

    /** The register of a connector; with another address it begins a new one. */
    static Holds of(FoundConnector found) {
        return of(found.key() + " " + found.getUrl());
    }

    private static synchronized Holds of(String key) {
        Holds known = BY_CONNECTOR.get(key);
        if (known == null) {
            BY_CONNECTOR.values().removeIf(Holds::isIdle);
            known = new Holds(InstantSource.system());
            BY_CONNECTOR.put(key, known);
        }
        return known;
    }
}
