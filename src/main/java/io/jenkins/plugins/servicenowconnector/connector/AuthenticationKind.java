package io.jenkins.plugins.servicenowconnector.connector;

import hudson.model.Describable;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;

/** A way in which a connector proves who it is, as an administrator configures it. */
public abstract class AuthenticationKind implements Describable<AuthenticationKind>, Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Looks the secrets up where the connector is defined.
     *
     * @param run the run on whose behalf they are used; null for none
     * @return what puts the header on requests
     * @throws ServiceNowException if a credential is gone or of the wrong type; nothing has been sent then
     */
    protected abstract Authentication open(Run<?, ?> run) throws ServiceNowException;
}
