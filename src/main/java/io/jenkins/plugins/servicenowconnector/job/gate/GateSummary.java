package io.jenkins.plugins.servicenowconnector.job.gate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The part of a job's page that shows its builds at the gate: those that wait, and those that did not start. */
@ExportedBean
public final class GateSummary extends InvisibleAction {

    private final Job<?, ?> job;

    private GateSummary(Job<?, ?> job) {
        this.job = job;
    }

    /** The builds that wait now. */
    public List<GatedItem> getWaiting() {
        return Gates.get().of(job);
    }

    /** The last builds that did not start, the newest first. */
    @Exported
    public List<NotStarted> getNotStarted() {
        return NotStartedBuilds.of(job);
    }

    /** Adds it to every job. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull Job target) {
            return List.of(new GateSummary((Job<?, ?>) target));
        }
    }
}
