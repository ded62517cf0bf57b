package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.ApiKeyAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An API key of ServiceNow, kept as a secret text. */
public class ApiKeyKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;

    /** @param credentialsId the id of a secret text */
    @DataBoundConstructor
    public ApiKeyKind(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The id of the secret text; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    protected Authentication open(Opening opening) throws ServiceNowException {
        StringCredentials key = opening.credential(StringCredentials.class, credentialsId);
        return new ApiKeyAuthentication(key.getSecret().getPlainText());
    }

    /** The form of the kind. */
    @Extension(ordinal = 40)
    @Symbol("apiKey")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApiKeyKind_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return ConnectorCredentials.only(credentialsId);
            }
            return ConnectorCredentials.choices(home, StringCredentials.class, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return FormValidation.ok();
            }
            return ConnectorCredentials.check(home, StringCredentials.class, value, false);
        }
    }
}
