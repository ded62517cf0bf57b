package io.jenkins.plugins.servicenowconnector.connector;

import hudson.model.Describable;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ClientCertificate;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import java.util.List;

/** A way in which a connector proves who it is, as an administrator configures it. */
public abstract class AuthenticationKind implements Describable<AuthenticationKind>, Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Looks the secrets up where the connector is defined.
     *
     * @param opening the connector that is being opened
     * @return what puts the header on requests
     * @throws ServiceNowException if a credential is gone or of the wrong type; nothing has been sent then
     */
    protected abstract Authentication open(Opening opening) throws ServiceNowException;

    /**
     * The certificate to show when the connection is made.
     *
     * @return null for the kinds that need none
     * @throws ServiceNowException if its credential is gone or unusable
     */
    protected ClientCertificate certificate(Opening opening) throws ServiceNowException {
        return null;
    }

    /**
     * Who ServiceNow should say we are, so that somebody else's answer is noticed.
     *
     * @return a user name; empty where the kind does not tell
     */
    protected String userName(Opening opening) throws ServiceNowException {
        return "";
    }

    /** Refuses settings that cannot work, without any look-up. */
    protected void check() throws ServiceNowException {}

    /** The addresses beside the instance's own that are called, as they were entered; empty for none. */
    protected List<String> furtherAddresses() {
        return List.of();
    }
}
