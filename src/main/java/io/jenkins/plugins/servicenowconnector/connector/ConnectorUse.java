package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Node;
import java.time.Duration;
import java.util.Set;

/**
 * What somebody wants to use a connector for: all that its rules ask about.
 *
 * @param item the job that asks; null for Jenkins itself
 * @param place from where upwards the connector is looked for: the job, or a folder that asks on its behalf
 * @param operations what is to be done; empty if nothing is called yet
 * @param table the tickets' table in lower case; null if none is named yet
 * @param jobLabel the agent label that the job sets for all of its steps; empty for none
 * @param label the agent label that the step gives, else the job's; empty for none
 * @param node the node on which the step stands, which makes the calls if it may; null for none
 * @param interval the time between two looks; null where nothing is looked at again
 */
public record ConnectorUse(
        Item item,
        Item place,
        Set<Operation> operations,
        String table,
        String jobLabel,
        String label,
        Node node,
        Duration interval) {

    public ConnectorUse {
        operations = Set.copyOf(operations);
        jobLabel = Util.fixNull(jobLabel).trim();
        label = Util.fixNull(label).trim();
    }

    /** A use by a job that does nothing yet, from agents with the label that the job sets for all of its steps. */
    public static ConnectorUse by(Item item) {
        return by(item, item);
    }

    /** The same on behalf of a folder above the job: neither the connector nor the label is a matter of what stands below it. */
    public static ConnectorUse by(Item item, Item place) {
        String ofPlace = place == null ? "" : JobDefaults.agentLabelOf(place);
        return new ConnectorUse(item, place, Set.of(), null, ofPlace, ofPlace, null, null);
    }

    /** The same use, doing this with tickets of a table. */
    public ConnectorUse on(String ticketType, Operation... done) {
        return new ConnectorUse(item, place, Set.of(done), ticketType, jobLabel, label, node, interval);
    }

    /** The same use from agents with a label; null or blank for what the job or else the connector says. */
    public ConnectorUse from(String agentLabel) {
        String given = Util.fixEmptyAndTrim(agentLabel);
        return new ConnectorUse(
                item, place, operations, table, jobLabel, given == null ? label : given, node, interval);
    }

    /** The same use from a node before all others, if it has the label; null for none. */
    public ConnectorUse near(Node wanted) {
        return new ConnectorUse(item, place, operations, table, jobLabel, label, wanted, interval);
    }

    /** The same use, again and again. */
    public ConnectorUse every(Duration time) {
        return new ConnectorUse(item, place, operations, table, jobLabel, label, node, time);
    }

    /**
     * The label that counts beside the connector's own: the step's where steps may choose their agents, else that of job and
     * step together, so that a step does not get out of what its job allows.
     */
    public String labelOn(Connector connector) {
        boolean alone = jobLabel.isEmpty() || jobLabel.equals(label);
        return alone || connector.getUse().isStepsMayChooseAgent() ? label : "(" + jobLabel + ") && (" + label + ")";
    }
}
