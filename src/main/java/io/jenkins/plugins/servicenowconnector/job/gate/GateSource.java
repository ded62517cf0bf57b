package io.jenkins.plugins.servicenowconnector.job.gate;

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
        PlacedGate placed = PlacedGate.of(job);
        return placed == null ? null : placed.gate();
    }
}
