package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import hudson.model.Item;
import java.time.Duration;
import java.util.Set;

/**
 * What somebody wants to use a connector for: all that its rules ask about.
 *
 * @param item the job that asks; null for Jenkins itself
 * @param operations what is to be done; empty if nothing is called yet
 * @param table the tickets' table in lower case; null if none is named yet
 * @param label the agent label that the step gives; empty for none
 * @param interval the time between two looks; null where nothing is looked at again
 */
public record ConnectorUse(Item item, Set<Operation> operations, String table, String label, Duration interval) {

    public ConnectorUse {
        operations = Set.copyOf(operations);
        label = Util.fixNull(label).trim();
    }

    /** A use by a job that does nothing yet. */
    public static ConnectorUse by(Item item) {
        return new ConnectorUse(item, Set.of(), null, "", null);
    }

    /** The same use, doing this with tickets of a table. */
    public ConnectorUse on(String ticketType, Operation... done) {
        return new ConnectorUse(item, Set.of(done), ticketType, label, interval);
    }

    /** The same use from agents with a label; null or blank for the connector's own. */
    public ConnectorUse from(String agentLabel) {
        return new ConnectorUse(item, operations, table, agentLabel, interval);
    }

    /** The same use, again and again. */
    public ConnectorUse every(Duration time) {
        return new ConnectorUse(item, operations, table, label, time);
    }
}
