package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** What is known of the rate limits of each connector's instance, in memory only; what is not used for an hour is dropped. */
@Extension
public class CallHolds {

    private final Map<String, Holds> byConnector = new HashMap<>();
    private final InstantSource clock;

    /** Nothing is known yet. */
    public CallHolds() {
        this(InstantSource.system());
    }

    CallHolds(InstantSource clock) {
        this.clock = clock;
    }

    /** The register of a connector; with another address it begins a new one. */
    static Holds of(FoundConnector found) {
        return ExtensionList.lookupSingleton(CallHolds.class).of(found.key(), found.getUrl());
    }

    /**
     * The register of a connector at an address.
     *
     * @param connector the connector's key
     */
    synchronized Holds of(String connector, String url) {
        String key = connector + " " + url;
        Holds known = byConnector.get(key);
        if (known == null) {
            byConnector.values().removeIf(Holds::isIdle);
            known = new Holds(clock);
            byConnector.put(key, known);
        }
        return known;
    }
}
