package io.jenkins.plugins.servicenowconnector.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.servicenowconnector.step.Expansion;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import java.io.IOException;
import jenkins.tasks.SimpleBuildStep;
import org.kohsuke.stapler.DataBoundConstructor;

/** A build step of a freestyle job that waits for an approval, and holds its executor meanwhile. */
public class ApprovalBuilder extends Builder implements SimpleBuildStep {

    private final ServiceNowApprovalStep step;

    /** @param step what is waited for */
    @DataBoundConstructor
    public ApprovalBuilder(ServiceNowApprovalStep step) {
        this.step = step;
    }

    /** What is waited for. */
    public ServiceNowApprovalStep getStep() {
        return step;
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars environment,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        new ApprovalActivity(run, listener).run(new Expansion(environment, listener).of(step));
    }

    /** The form of the build step. */
    @Extension
    public static class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApprovalBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }
    }
}
