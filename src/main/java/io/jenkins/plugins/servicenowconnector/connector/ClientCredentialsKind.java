package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.ClientCredentials;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** OAuth 2.0 client credentials: tokens for an application that ServiceNow knows. */
public class ClientCredentialsKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private String issuer;
    private String scope;

    /** @param credentialsId the id of a user name with password that hold client id and client secret */
    @DataBoundConstructor
    public ClientCredentialsKind(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The id of the credential with client id and client secret; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Where tokens are handed out; null for the instance's own address. */
    public String getTokenUrl() {
        return issuer;
    }

    @DataBoundSetter
    public void setTokenUrl(String tokenUrl) {
        this.issuer = Util.fixEmptyAndTrim(tokenUrl);
    }

    /** The scope to ask for; null for none. */
    public String getScope() {
        return scope;
    }

    @DataBoundSetter
    public void setScope(String scope) {
        this.scope = Util.fixEmptyAndTrim(scope);
    }

    @Override
    protected Authentication open(Opening opening) throws ServiceNowException {
        StandardUsernamePasswordCredentials client =
                opening.credential(StandardUsernamePasswordCredentials.class, credentialsId);
        String secret = client.getPassword().getPlainText();
        ClientCredentials grant = new ClientCredentials(client.getUsername(), secret, Util.fixNull(scope));
        return opening.tokens(
                Addresses.tokenUrl(issuer, opening.url()), grant, client.getUsername(), secret, Util.fixNull(scope));
    }

    @Override
    protected void check() throws ServiceNowException {
        Addresses.checkTokenUrl(issuer);
    }

    @Override
    protected List<String> furtherAddresses() {
        return issuer == null ? List.of() : List.of(issuer);
    }

    /** The form of the kind. */
    @Extension(ordinal = 50)
    @Symbol("clientCredentials")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ClientCredentialsKind_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return ConnectorCredentials.only(credentialsId);
            }
            return ConnectorCredentials.choices(home, StandardUsernamePasswordCredentials.class, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return FormValidation.ok();
            }
            return ConnectorCredentials.check(home, StandardUsernamePasswordCredentials.class, value, false);
        }

        @POST
        public FormValidation doCheckTokenUrl(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            return Addresses.check("Token URL", value, true);
        }
    }
}
