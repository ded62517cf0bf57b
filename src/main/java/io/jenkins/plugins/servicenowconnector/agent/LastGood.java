package io.jenkins.plugins.servicenowconnector.agent;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers which node last worked for a connector, in memory only. */
@Extension
public class LastGood {

    /** The names of nodes, by connector and label. */
    private final Map<String, String> nodes = new ConcurrentHashMap<>();

    /** Those of this Jenkins. */
    static Map<String, String> get() {
        return ExtensionList.lookupSingleton(LastGood.class).nodes;
    }
}
