package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.model.Job;

/** Knows gates that are set in one kind of place: in jobs, or in folders. It answers from memory, under the queue's lock. */
public interface GateSource extends ExtensionPoint {

    /**
     * The gate that a place sets for a job.
     *
     * @param place the job itself, or something it stands in
     * @return null for none
     */
    ApprovalGate gate(Item place, Job<?, ?> job);

    /**
     * The gate of a job: the one that is set furthest out, so that nobody below can lift it; null for none.
     */
    static ApprovalGate of(Job<?, ?> job) {
        ApprovalGate outermost = null;
        for (Item each = job; each != null; each = each.getParent() instanceof Item parent ? parent : null) {
            ApprovalGate found = null;
            for (GateSource source : ExtensionList.lookup(GateSource.class)) {
                found = found == null ? source.gate(each, job) : found;
            }
            outermost = found == null ? outermost : found;
        }
        return outermost;
    }
}
