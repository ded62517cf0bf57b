package io.jenkins.plugins.servicenowconnector.job.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.job.gate.ApprovalGate;
import io.jenkins.plugins.servicenowconnector.job.gate.GateSource;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The gates that a folder sets for the jobs below it; nobody below can lift them. */
public class FolderGates extends AbstractFolderProperty<AbstractFolder<?>> {

    private List<FolderGate> gates;

    @DataBoundConstructor
    public FolderGates() {}

    /** The gates; of several that match a job the first counts. */
    public List<FolderGate> getGates() {
        return gates == null ? List.of() : new ArrayList<>(gates);
    }

    @DataBoundSetter
    public void setGates(List<FolderGate> gates) {
        this.gates = gates == null || gates.isEmpty() ? null : new ArrayList<>(gates);
    }

    private ApprovalGate gateOf(String name) {
        if (gates != null) {
            for (FolderGate each : gates) {
                if (each.isFor(name)) {
                    return each.getGate();
                }
            }
        }
        return null;
    }

    /** Tells the queue which jobs have a gate of a folder. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    public static class Source implements GateSource {

        @Override
        public ApprovalGate gate(Item place, Job<?, ?> job) {
            FolderGates property = place instanceof AbstractFolder<?> folder
                    ? folder.getProperties().get(FolderGates.class)
                    : null;
            return property == null
                    ? null
                    : property.gateOf(
                            job.getFullName().substring(place.getFullName().length() + 1));
        }
    }

    /** The part of a folder's form. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("serviceNowGates")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderGates_displayName();
        }

        /** Refuses a gate that nobody could pass; null where nothing is left to keep. */
        @Override
        public FolderGates newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            FolderGates entered = (FolderGates) super.newInstance(request, form);
            if (entered == null || entered.gates == null) {
                return null;
            }
            for (FolderGate each : entered.gates) {
                try {
                    each.getGate().check();
                } catch (ServiceNowException e) {
                    throw new FormException(e.getMessage(), "gates");
                }
            }
            return entered;
        }
    }
}
