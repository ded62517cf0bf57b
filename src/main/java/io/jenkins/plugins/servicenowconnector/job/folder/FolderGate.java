package io.jenkins.plugins.servicenowconnector.job.folder;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.job.gate.ApprovalGate;
import java.util.Arrays;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A gate for the jobs below a folder whose names match. */
public class FolderGate implements Describable<FolderGate> {

    private final ApprovalGate gate;
    private String jobs;

    /** @param gate what their builds must have before they start; null refuses every build */
    @DataBoundConstructor
    public FolderGate(ApprovalGate gate) {
        this.gate = orNobodyPasses(gate);
    }

    private static ApprovalGate orNobodyPasses(ApprovalGate gate) {
        return gate == null ? new ApprovalGate() : gate;
    }

    private Object readResolve() {
        return gate == null ? of(jobs) : this;
    }

    private static FolderGate of(String jobs) {
        FolderGate closed = new FolderGate(null);
        closed.jobs = jobs;
        return closed;
    }

    /** What the builds must have before they start. */
    public ApprovalGate getGate() {
        return gate;
    }

    /** Ant globs on the names of the jobs as seen from the folder, one on each line; null for all jobs. */
    public String getJobs() {
        return jobs;
    }

    @DataBoundSetter
    public void setJobs(String jobs) {
        this.jobs = Util.fixEmptyAndTrim(Util.fixNull(jobs).replaceAll("\\s*\\R\\s*", "\n"));
    }

    /** Whether the gate is for a job of this name below the folder. */
    boolean isFor(String name) {
        return jobs == null || Arrays.stream(jobs.split("\n")).anyMatch(glob -> UseRules.matches(glob, name));
    }

    /** The form of one gate of a folder. */
    @Extension
    public static class DescriptorImpl extends Descriptor<FolderGate> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderGate_displayName();
        }
    }
}
