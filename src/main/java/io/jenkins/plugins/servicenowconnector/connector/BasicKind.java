package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A user name with its password, kept as a Jenkins credential. */
public class BasicKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;

    /** @param credentialsId the id of a user name with password */
    @DataBoundConstructor
    public BasicKind(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The id of the credential; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    protected Authentication open(Run<?, ?> run) throws ServiceNowException {
        StandardUsernamePasswordCredentials credentials =
                ConnectorCredentials.find(StandardUsernamePasswordCredentials.class, credentialsId, run);
        return new BasicAuthentication(
                credentials.getUsername(), credentials.getPassword().getPlainText());
    }

    /** The form of the kind. */
    @Extension
    @Symbol("basic")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BasicKind_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return ConnectorCredentials.only(credentialsId);
            }
            return ConnectorCredentials.choices(StandardUsernamePasswordCredentials.class, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            try {
                ConnectorCredentials.find(StandardUsernamePasswordCredentials.class, value, null);
                return FormValidation.ok();
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
