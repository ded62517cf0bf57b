package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A user name with its password, or with an API key as Harness has it, kept as a Jenkins credential. */
public class BasicKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String userName;

    /** @param credentialsId the id of a user name with password, or of a secret text */
    @DataBoundConstructor
    public BasicKind(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The id of the credential; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The user name that goes with a secret text; null for the credential's own. */
    public String getUserName() {
        return userName;
    }

    @DataBoundSetter
    public void setUserName(String userName) {
        this.userName = Util.fixEmptyAndTrim(userName);
    }

    @Override
    protected Authentication open(Opening opening) throws ServiceNowException {
        if (userName != null) {
            StringCredentials secret = opening.credential(StringCredentials.class, credentialsId);
            return new BasicAuthentication(userName, secret.getSecret().getPlainText());
        }
        StandardUsernamePasswordCredentials credentials =
                opening.credential(StandardUsernamePasswordCredentials.class, credentialsId);
        return new BasicAuthentication(
                credentials.getUsername(), credentials.getPassword().getPlainText());
    }

    @Override
    protected String userName(Opening opening) throws ServiceNowException {
        return userName != null
                ? userName
                : opening.credential(StandardUsernamePasswordCredentials.class, credentialsId)
                        .getUsername();
    }

    /** The form of the kind. */
    @Extension(ordinal = 60)
    @Symbol("basic")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BasicKind_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return ConnectorCredentials.only(credentialsId);
            }
            return ConnectorCredentials.choices(
                    home,
                    StandardCredentials.class,
                    CredentialsMatchers.anyOf(
                            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                            CredentialsMatchers.instanceOf(StringCredentials.class)),
                    credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String userName) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return FormValidation.ok();
            }
            return Util.fixEmptyAndTrim(userName) == null
                    ? ConnectorCredentials.check(home, StandardUsernamePasswordCredentials.class, value, false)
                    : ConnectorCredentials.check(home, StringCredentials.class, value, false);
        }
    }
}
