package io.jenkins.plugins.servicenowconnector.job.branch;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.job.BindingGate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.graphanalysis.NodeStepTypePredicate;
import org.jenkinsci.plugins.workflow.multibranch.JobPropertyStep;
import org.jenkinsci.plugins.workflow.multibranch.JobPropertyTrackerAction;

/**
 * Keeps the step {@code properties} from taking out a gate that binds.
 *
 * <p>The step takes out what the build before has set, and notes that in an action of the job. Without the action it takes
 * out everything, if the build before had the step. The action is not there when Job DSL or a person has written the job's
 * XML anew, or when Jenkins was started again. So it is added before the step runs, with all that the step would take out
 * save the gate.
 */
final class KeptGate {

    private static final Logger LOGGER = Logger.getLogger(KeptGate.class.getName());

    private KeptGate() {}

    /** @param last the build whose steps count; asked only if the gate is at risk, because builds are read from disk */
    private static void keep(Job<?, ?> job, Supplier<Run<?, ?>> last) {
        boolean isAtRisk =
                job.getProperty(BindingGate.class) != null && job.getAction(JobPropertyTrackerAction.class) == null;
        if (isAtRisk && last.get() instanceof FlowExecutionOwner.Executable before) {
            job.addAction(new JobPropertyTrackerAction(hadStep(before) ? others(job) : List.of()));
        }
    }

    @SuppressWarnings("rawtypes")
    private static List<JobProperty> others(Job<?, ?> job) {
        List<JobProperty> others = new ArrayList<>(job.getAllProperties());
        others.removeIf(BindingGate.class::isInstance);
        return others;
    }

    private static boolean hadStep(FlowExecutionOwner.Executable build) {
        FlowExecutionOwner owner = build.asFlowExecutionOwner();
        try {
            FlowExecution execution = owner == null ? null : owner.get();
            JobPropertyStep.DescriptorImpl step =
                    Jenkins.get().getDescriptorByType(JobPropertyStep.DescriptorImpl.class);
            return execution != null
                    && new DepthFirstScanner().findFirstMatch(execution, new NodeStepTypePredicate(step)) != null;
        } catch (IOException e) {
            // the step cannot read it either
            LOGGER.log(Level.FINE, e, () -> "the steps of " + build + " cannot be read");
            return false;
        }
    }

    /** Sees builds before they do anything, and after their gate was brought out of their reach. */
    @OptionalExtension(requirePlugins = "workflow-multibranch", ordinal = -1)
    public static class Started extends RunListener<Run<?, ?>> {

        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            keep(run.getParent(), run::getPreviousCompletedBuild);
        }
    }

    /** Sees jobs that are written anew while one of their builds runs. */
    @OptionalExtension(requirePlugins = "workflow-multibranch", ordinal = -1)
    public static class Changed extends ItemListener {

        @Override
        public void onUpdated(Item item) {
            if (item instanceof Job<?, ?> job) {
                keep(job, job::getLastCompletedBuild);
            }
        }
    }
}
