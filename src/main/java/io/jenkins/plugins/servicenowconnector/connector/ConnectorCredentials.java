package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Fingerprint;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the credentials of connectors where these are defined: at Jenkins' own home, or in a folder.
 *
 * <p>Never in the context of a run, and never by a job's choice: what a job can see, a job can print. The drop-down, the check
 * and the look-up use the same context, so that what is offered is found.
 */
final class ConnectorCredentials {

    private static final Logger LOGGER = Logger.getLogger(ConnectorCredentials.class.getName());

    private static final List<DomainRequirement> ANY_DOMAIN = List.of();

    private ConnectorCredentials() {}

    /**
     * Finds a credential and records its use, once for each run.
     *
     * @param home where the connector is defined
     * @param type the type that is needed
     * @param id its id; may be null
     * @param run the run that uses it; null for none
     */
    static <C extends StandardCredentials> C find(Home home, Class<C> type, String id, Run<?, ?> run)
            throws ServiceNowException {
        if (id == null || id.isBlank()) {
            throw ServiceNowException.badInput("Credential", "must be chosen.");
        }
        C found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(type, home.group(), ACL.SYSTEM2, ANY_DOMAIN),
                CredentialsMatchers.withId(id));
        if (found == null) {
            throw ServiceNowException.badInput(
                    "Credential",
                    "'" + id + "' was not found among the credentials of " + home
                            + " of the kind that is needed here; it"
                            + " may have been deleted, or belong to another folder or to a user.");
        }
        if (run != null && !isTracked(found, run)) {
            CredentialsProvider.track(run, found);
        }
        return found;
    }

    /** Tracking once more would store the credential's whole record anew, for each call and each wait of a run. */
    private static boolean isTracked(StandardCredentials credential, Run<?, ?> run) {
        try {
            Fingerprint known = CredentialsProvider.getFingerprintOf(credential);
            return known != null && known.getRangeSet(run.getParent()).includes(run.getNumber());
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "who has used a credential cannot be read", e);
            return false;
        }
    }

    /** Says whether a credential is there and of the type that is needed. */
    static FormValidation check(Home home, Class<? extends StandardCredentials> type, String id, boolean optional) {
        if (optional && id.isBlank()) {
            return FormValidation.ok();
        }
        try {
            find(home, type, id, null);
            return FormValidation.ok();
        } catch (ServiceNowException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** All credentials of a type that a connector could use. */
    static ListBoxModel choices(Home home, Class<? extends StandardCredentials> type, String current) {
        return choices(home, type, CredentialsMatchers.always(), current);
    }

    /** All credentials of a type that match. */
    static ListBoxModel choices(
            Home home, Class<? extends StandardCredentials> type, CredentialsMatcher matcher, String current) {
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, home.group(), type, ANY_DOMAIN, matcher)
                .includeCurrentValue(current == null ? "" : current);
    }

    /** What somebody sees who may not list credentials. */
    static ListBoxModel only(String current) {
        return new StandardListBoxModel().includeCurrentValue(current == null ? "" : current);
    }
}
