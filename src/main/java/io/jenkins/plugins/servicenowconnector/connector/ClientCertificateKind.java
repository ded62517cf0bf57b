package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.CertificateAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Mutual TLS: a certificate, kept as a Jenkins credential, that is shown when the connection is made. */
public class ClientCertificateKind extends AuthenticationKind {

    private static final long serialVersionUID = 1L;

    private final String credentialsId;

    /** @param credentialsId the id of a certificate with its private key */
    @DataBoundConstructor
    public ClientCertificateKind(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The id of the certificate; null if none was chosen. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    protected Authentication open(Opening opening) {
        return new CertificateAuthentication();
    }

    @Override
    protected ClientCertificate certificate(Opening opening) throws ServiceNowException {
        return Certificates.read(opening.credential(StandardCertificateCredentials.class, credentialsId));
    }

    /** The form of the kind. */
    @Extension(ordinal = 10)
    @Symbol("clientCertificate")
    public static class DescriptorImpl extends Descriptor<AuthenticationKind> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ClientCertificateKind_displayName();
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
    }
}
