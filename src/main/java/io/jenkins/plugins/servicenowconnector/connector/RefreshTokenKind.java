package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.RefreshToken;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.List;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An OAuth 2.0 refresh token, kept as a secret text, that gives access tokens. */
public class RefreshTokenKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private final String clientId;
    private String clientSecretId;
    private String issuer;
    private String scope;

    /**
     * @param credentialsId the id of a secret text with the refresh token
     * @param clientId the client id that the token was given to
     */
    @DataBoundConstructor
    public RefreshTokenKind(String credentialsId, String clientId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        this.clientId = Util.fixEmptyAndTrim(clientId);
    }

    /** The id of the secret text with the refresh token; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The client id; null if none was given. */
    public String getClientId() {
        return clientId;
    }

    /** The id of a secret text with the client secret; null for a public client. */
    public String getClientSecretId() {
        return clientSecretId;
    }

    @DataBoundSetter
    public void setClientSecretId(String clientSecretId) {
        this.clientSecretId = Util.fixEmptyAndTrim(clientSecretId);
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
        String refresh = secret(opening, credentialsId);
        String client = clientSecretId == null ? "" : secret(opening, clientSecretId);
        RefreshToken grant = new RefreshToken(clientId, client, refresh, Util.fixNull(scope));
        return opening.tokens(
                Addresses.tokenUrl(issuer, opening.url()), grant, clientId, client, refresh, Util.fixNull(scope));
    }

    private static String secret(Opening opening, String id) throws ServiceNowException {
        return opening.credential(StringCredentials.class, id).getSecret().getPlainText();
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
    @Extension(ordinal = 30)
    @Symbol("refreshToken")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RefreshTokenKind_displayName();
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

        @POST
        public ListBoxModel doFillClientSecretIdItems(
                @AncestorInPath Item item, @QueryParameter String clientSecretId) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return ConnectorCredentials.only(clientSecretId);
            }
            return ConnectorCredentials.choices(home, StringCredentials.class, clientSecretId);
        }

        @POST
        public FormValidation doCheckClientSecretId(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return FormValidation.ok();
            }
            return ConnectorCredentials.check(home, StringCredentials.class, value, true);
        }

        @POST
        public FormValidation doCheckTokenUrl(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            return Addresses.check("Token URL", value, true);
        }
    }
}
