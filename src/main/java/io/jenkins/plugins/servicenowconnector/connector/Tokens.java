package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.engine.auth.Grant;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenEndpoint;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenSource;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The access tokens of this Jenkins, in memory only: one source for each connector, as long as its settings stay. */
@Extension
public class Tokens {

    private final Map<String, Kept> byConnector = new HashMap<>();

    static Tokens get() {
        return ExtensionList.lookupSingleton(Tokens.class);
    }

    /**
     * The source of a connector's tokens.
     *
     * @param fingerprint what the settings come down to; another one makes another source
     */
    synchronized TokenSource source(String connector, String fingerprint, TokenEndpoint endpoint, Grant grant) {
        Kept kept = byConnector.get(connector);
        if (kept == null || !kept.fingerprint.equals(fingerprint)) {
            kept = new Kept(fingerprint, new TokenSource(endpoint, grant, InstantSource.system()));
            byConnector.put(connector, kept);
        }
        return kept.source;
    }

    private record Kept(String fingerprint, TokenSource source) {}
}
