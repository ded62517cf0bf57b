package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Job;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Objects;

/**
 * A gate with the place that sets it: what it means by its connector, its agents and its default fields is said there, and by
 * nobody below.
 *
 * @param gate what builds must have
 * @param place the job, or a folder above it
 */
record PlacedGate(ApprovalGate gate, Item place) {

    /** The gate of a job: the one that is set furthest out, so that nobody below can lift it; null for none. */
    static PlacedGate of(Job<?, ?> job) {
        PlacedGate outermost = null;
        for (Item each = job; each != null; each = each.getParent() instanceof Item parent ? parent : null) {
            ApprovalGate found = null;
            for (GateSource source : ExtensionList.lookup(GateSource.class)) {
                found = found == null ? source.gate(each, job) : found;
            }
            outermost = found == null ? outermost : new PlacedGate(found, each);
        }
        return outermost;
    }

    /** The connector that the gate means for a job. */
    FoundConnector connector(Job<?, ?> job) throws ServiceNowException {
        return Connectors.find(gate.getConnector(), place, job);
    }

    /** Whether another one is this one, or says the same. */
    boolean isSameAs(PlacedGate other) {
        boolean isOne = gate == other.gate && place == other.place;
        return isOne || isAtSamePlaceAs(other) && text(gate).equals(text(other.gate));
    }

    /** Whether another one is met by the same ticket, even if it judges it by something else. */
    boolean asksForTicketOf(PlacedGate other) {
        return isAtSamePlaceAs(other)
                && Objects.equals(gate.getConnector(), other.gate.getConnector())
                && Objects.equals(gate.getTicketParameter(), other.gate.getTicketParameter())
                && Objects.equals(gate.getTicketType(), other.gate.getTicketType())
                && text(gate.getCreate()).equals(text(other.gate.getCreate()));
    }

    private boolean isAtSamePlaceAs(PlacedGate other) {
        return place.getFullName().equals(other.place.getFullName());
    }

    private static String text(Object part) {
        return Items.XSTREAM2.toXML(part);
    }
}
