package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import java.io.Serial;
import java.util.Set;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code serviceNowAttach}: attaches files of the workspace to a ticket. */
public class ServiceNowAttachStep extends NamedTicketStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private String files;

    @DataBoundConstructor
    public ServiceNowAttachStep() {}

    /** Which files of the workspace, as an Ant pattern. */
    public String getFiles() {
        return files;
    }

    @DataBoundSetter
    public void setFiles(String files) {
        this.files = Util.fixEmptyAndTrim(files);
    }

    @Override
    protected TicketWork work(FoundConnector connector) throws ServiceNowException {
        TicketSelection selection = SelectionInput.of(getTicketType(), getTicketNumber(), getSysId(), null, null)
                .toUpdate();
        if (files == null) {
            throw ServiceNowException.badInput("files", "must be given, as an Ant pattern such as 'target/*.log'.");
        }
        return new AttachWork(selection, files);
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends TicketStepDescriptor<ServiceNowAttachStep> {

        @Override
        public String getFunctionName() {
            return "serviceNowAttach";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowAttachStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }
    }
}
