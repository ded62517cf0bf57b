package io.jenkins.plugins.servicenowconnector.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractProject;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.servicenowconnector.step.FieldRow;
import io.jenkins.plugins.servicenowconnector.step.TicketStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStepDescriptor;
import java.io.IOException;
import java.util.List;
import jenkins.tasks.SimpleBuildStep;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A build step of a freestyle job that does with tickets what a Pipeline step does. It has no symbol: Pipelines have theirs. */
public class TicketBuilder extends Builder implements SimpleBuildStep {

    private final TicketStep step;

    /** @param step what is to be done */
    @DataBoundConstructor
    public TicketBuilder(TicketStep step) {
        this.step = step;
    }

    /** What is to be done. */
    public TicketStep getStep() {
        return step;
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

    @Override
    public void perform(
            @NonNull Run<?, ?> run,
            @NonNull FilePath workspace,
            @NonNull EnvVars environment,
            @NonNull Launcher launcher,
            @NonNull TaskListener listener)
            throws InterruptedException, IOException {
        new TicketActivity(run, workspace, listener).run(step, environment);
    }

    /** The form of the build step. */
    @Extension
    public static class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TicketBuilder_displayName();
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
    }
}
