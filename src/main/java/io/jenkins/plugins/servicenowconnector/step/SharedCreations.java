package io.jenkins.plugins.servicenowconnector.step;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Claims;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateOnce;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What all creations of this Jenkins share; forgotten with Jenkins, and learned again. */
@Extension
public class SharedCreations {

    private final Claims claims = new Claims();

    /** What tables have shown to keep of what is sent to find a ticket again. */
    private final Map<String, Progress.Done> learned = new ConcurrentHashMap<>();

    /** The one of this Jenkins. */
    static SharedCreations get() {
        return ExtensionList.lookupSingleton(SharedCreations.class);
    }

    /** Keeps two attempts at the same ticket from sending at the same time. */
    Claims claims() {
        return claims;
    }

    /**
     * The same creation, careful of what a build of the job may have sent that ended with an earlier life of Jenkins: such a
     * build is not known until somebody looks at it.
     */
    static CreateOnce afterEarlierLife(CreateOnce once, Job<?, ?> job) {
        long began = ManagementFactory.getRuntimeMXBean().getStartTime();
        Run<?, ?> first = job.getFirstBuild();
        boolean hasEarlier = first != null && first.getStartTimeInMillis() < began;
        return hasEarlier ? once.inLifeSince(Instant.ofEpochMilli(began)) : once;
    }

    /** Remembers what a table keeps. */
    void learn(OpenConnector connector, String table, Progress.Done done) {
        learned.put(place(connector, table), done);
    }

    /** The same state, with what is known of the table. */
    CreateState knowing(CreateState state, OpenConnector connector, String table) {
        Progress.Done seen = learned.get(place(connector, table));
        return seen == null ? state : state.knowing(seen.sysIdKept(), seen.correlationKept());
    }

    /** The account decides as much as the instance, and a connector can come to lead to another one. */
    private static String place(OpenConnector connector, String table) {
        return connector.key() + " " + connector.instance().url() + " " + table;
    }
}
