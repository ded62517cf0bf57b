package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.Grant;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenEndpoint;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.net.URI;

/**
 * What an authentication kind needs to know while a connector is being opened.
 *
 * @param connector the connector
 * @param url the address of the instance
 * @param transport who carries token requests, from the same node as the calls themselves
 * @param limits for each request
 * @param userAgent what we call ourselves
 * @param run the run on whose behalf secrets are used; null for none
 */
record Opening(FoundConnector connector, URI url, Transport transport, Limits limits, String userAgent, Run<?, ?> run) {

    /** Finds a credential where the connector is defined. */
    <C extends StandardCredentials> C credential(Class<C> type, String id) throws ServiceNowException {
        return ConnectorCredentials.find(connector.home(), type, id, run);
    }

    /**
     * An authentication with access tokens, which all runs of the connector share as long as nothing changes.
     *
     * @param tokenUrl where tokens are handed out
     * @param grant what is shown there
     * @param secrets whatever makes another token necessary when it changes
     */
    Authentication tokens(URI tokenUrl, Grant grant, String... secrets) {
        String fingerprint = Util.getDigestOf(connector.key() + "\n" + tokenUrl + "\n" + String.join("\n", secrets));
        TokenEndpoint endpoint = new TokenEndpoint(tokenUrl, limits, userAgent);
        return Tokens.get()
                .source(connector.key(), fingerprint, endpoint, grant)
                .over(transport);
    }
}
