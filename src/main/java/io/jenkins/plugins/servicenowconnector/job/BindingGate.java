package io.jenkins.plugins.servicenowconnector.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.JobPropertyDescriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.job.gate.ApprovalGate;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The gate that a job's form or configuration sets, out of reach of its Jenkinsfile.
 *
 * <p>A Pipeline that names a job property takes out the one that was there, whoever has set it, and brings its own. This
 * property has no constructor that Pipelines can call, so none can take it out; the form of {@link ServiceNowJobProperty}
 * shows and changes it.
 */
public final class BindingGate extends JobProperty<Job<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(BindingGate.class.getName());

    private volatile ApprovalGate gate;

    private BindingGate(ApprovalGate gate) {
        this.gate = gate;
    }

    /** That of a job, from memory; null if it has none. */
    static ApprovalGate of(Job<?, ?> job) {
        BindingGate binding = job.getProperty(BindingGate.class);
        return binding == null ? null : binding.gate;
    }

    /** Brings what a form or a configuration has set out of reach, before a build can change the job. */
    private static void secure(Job<?, ?> job) {
        ServiceNowJobProperty property = job.getProperty(ServiceNowJobProperty.class);
        if (property == null) {
            return;
        }
        synchronized (property) {
            if (property.binding() == null) {
                return;
            }
            try (BulkChange change = new BulkChange(job)) {
                put(job, property.binding());
                // only now: there is no moment without a gate
                property.dropBinding();
                change.commit();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> "the gate of " + job.getFullName() + " could not be saved");
            }
        }
    }

    private static void put(Job<?, ?> job, ApprovalGate binding) throws IOException {
        BindingGate known = job.getProperty(BindingGate.class);
        if (known == null) {
            job.addProperty(new BindingGate(binding));
        } else {
            known.gate = binding;
        }
    }

    /** Sees jobs after they were changed. */
    @Extension
    public static class Changed extends ItemListener {

        @Override
        public void onUpdated(Item item) {
            if (item instanceof Job<?, ?> job) {
                secure(job);
            }
        }
    }

    /** Sees builds before they do anything. */
    @Extension
    public static class Started extends RunListener<Run<?, ?>> {

        @Override
        public void onStarted(Run<?, ?> run, TaskListener listener) {
            secure(run.getParent());
        }
    }

    /** Has no form of its own, and is none of the properties that a Pipeline may set. */
    @Extension
    public static class DescriptorImpl extends JobPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowJobProperty_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends Job> type) {
            return false;
        }
    }
}
