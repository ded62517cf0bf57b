package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.AdfsCertificate;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.net.URI;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Tokens of an ADFS server, asked for with a certificate; the key never leaves Jenkins. */
public class AdfsCertificateKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;
    private final String clientId;
    private final String resourceId;
    private final String adfsUrl;

    /**
     * @param credentialsId the id of a certificate with its private key
     * @param clientId the client id that ADFS knows
     * @param resourceId what ADFS calls the instance
     * @param adfsUrl the address of the ADFS server
     */
    @DataBoundConstructor
    public AdfsCertificateKind(String credentialsId, String clientId, String resourceId, String adfsUrl) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
        this.clientId = Util.fixEmptyAndTrim(clientId);
        this.resourceId = Util.fixEmptyAndTrim(resourceId);
        this.adfsUrl = Util.fixEmptyAndTrim(adfsUrl);
    }

    /** The id of the certificate; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The client id; null if none was given. */
    public String getClientId() {
        return clientId;
    }

    /** What ADFS calls the instance; null if none was given. */
    public String getResourceId() {
        return resourceId;
    }

    /** The address of the ADFS server; null if none was given. */
    public String getAdfsUrl() {
        return adfsUrl;
    }

    @Override
    protected Authentication open(Opening opening) throws ServiceNowException {
        StandardCertificateCredentials credentials =
                opening.credential(StandardCertificateCredentials.class, credentialsId);
        ClientCertificate certificate = Certificates.read(credentials);
        URI tokenUrl = AdfsCertificate.tokenUrl(Addresses.parse("ADFS URL", adfsUrl));
        AdfsCertificate grant = new AdfsCertificate(clientId, resourceId, tokenUrl, certificate);
        return opening.tokens(tokenUrl, grant, clientId, resourceId, certificate.digest());
    }

    @Override
    protected void check() throws ServiceNowException {
        Addresses.parse("ADFS URL", adfsUrl);
    }

    @Override
    protected List<String> furtherAddresses() {
        return adfsUrl == null ? List.of() : List.of(adfsUrl);
    }

    /** The form of the kind. */
    @Extension(ordinal = 20)
    @Symbol("adfsCertificate")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.AdfsCertificateKind_displayName();
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return ConnectorCredentials.only(credentialsId);
            }
            return ConnectorCredentials.choices(home, StandardCertificateCredentials.class, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            if (!home.access().hasPermission(home.choosingCredentials())) {
                return FormValidation.ok();
            }
            return ConnectorCredentials.check(home, StandardCertificateCredentials.class, value, false);
        }

        @POST
        public FormValidation doCheckAdfsUrl(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            return Addresses.check("ADFS URL", value, false);
        }
    }
}
