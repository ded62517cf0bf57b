package io.jenkins.plugins.servicenowconnector.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractProject;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.BuildStepMonitor;
import hudson.tasks.Notifier;
import hudson.tasks.Publisher;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.step.FieldRow;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowAttachStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStepDescriptor;
import java.io.IOException;
import java.util.List;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A post-build step of a freestyle job that does something with tickets, depending on how the build went. */
public class TicketPublisher extends Notifier implements SimpleBuildStep {

    /** When something is done after a build. */
    enum When {
        ALWAYS,
        SUCCESS,
        UNSTABLE,
        FAILURE,
        ABORTED,
        NOT_SUCCESS;

        boolean includes(Result result) {
            return switch (this) {
                case ALWAYS -> true;
                case SUCCESS -> result == Result.SUCCESS;
                case UNSTABLE -> result == Result.UNSTABLE;
                case FAILURE -> result == Result.FAILURE;
                case ABORTED -> result == Result.ABORTED;
                case NOT_SUCCESS -> result != Result.SUCCESS;
            };
        }
    }

    private final TicketStep step;
    private String when;

    /** @param step what is to be done */
    @DataBoundConstructor
    public TicketPublisher(TicketStep step) {
        this.step = step;
    }

    /** What is to be done. */
    public TicketStep getStep() {
        return step;
    }

    /** After which builds: the name of a {@link When}; null for all. */
    public String getWhen() {
        return when;
    }

    @DataBoundSetter
    public void setWhen(String when) {
        String given = Util.fixEmptyAndTrim(when);
        this.when = given == null || When.valueOf(given) == When.ALWAYS ? null : given;
    }

    /** Always null: the rows are part of the step. */
    public List<FieldRow> getFields() {
        return null;
    }

    /** Adds to the step's fields, or to the row that it imports; for Job DSL, which knows no maps. */
    @DataBoundSetter
    public void setFields(List<FieldRow> fields) {
        TicketStepDescriptor.addFields(step, fields);
    }

    /** Always null: the rows are part of the step. */
    public List<FieldRow> getNames() {
        return null;
    }

    /** Adds to the step's fields by name; for Job DSL. */
    @DataBoundSetter
    public void setNames(List<FieldRow> names) {
        TicketStepDescriptor.addNames(step, names);
    }

    /** Only files need a node: what is to be told of a build whose agent has died is told all the same. */
    @Override
    public boolean requiresWorkspace() {
        return step instanceof ServiceNowAttachStep;
    }

    @Override
    public void perform(@NonNull Run<?, ?> run, @NonNull EnvVars environment, @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        perform(run, environment, listener, null);
    }

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars environment,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        perform(run, environment, listener, workspace);
    }

    private void perform(Run<?, ?> run, EnvVars environment, TaskListener listener, FilePath workspace)
            throws InterruptedException, IOException {
        Result result = run.getResult() == null ? Result.SUCCESS : run.getResult();
        if (when == null || When.valueOf(when).includes(result)) {
            new TicketActivity(run, workspace, listener).run(step, environment);
        }
    }

    @Override
    public BuildStepMonitor getRequiredMonitorService() {
        return BuildStepMonitor.NONE;
    }

    /** The form of the post-build step. */
    @Extension
    public static class DescriptorImpl extends BuildStepDescriptor<Publisher> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TicketPublisher_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }

        /** What can be done. */
        public List<Descriptor<Step>> getSteps() {
            return TicketStepDescriptor.choices();
        }

        public ListBoxModel doFillWhenItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.TicketPublisher_always(), When.ALWAYS.name());
            items.add(Messages.TicketPublisher_success(), When.SUCCESS.name());
            items.add(Messages.TicketPublisher_unstable(), When.UNSTABLE.name());
            items.add(Messages.TicketPublisher_failure(), When.FAILURE.name());
            items.add(Messages.TicketPublisher_aborted(), When.ABORTED.name());
            items.add(Messages.TicketPublisher_notSuccess(), When.NOT_SUCCESS.name());
            return items;
        }
    }
}
