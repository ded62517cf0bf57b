package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** OAuth 2.0 client credentials, sent as form fields, as ServiceNow documents it (servicenow-rest §6.3). */
public final class ClientCredentials implements Grant {

    private final Map<String, String> form = new LinkedHashMap<>();

    /**
     * @param clientId the client id of the application in ServiceNow's registry
     * @param clientSecret its secret
     * @param scope the scopes to ask for, separated by blanks; may be blank
     * @throws ServiceNowException if id or secret is blank
     */
    public ClientCredentials(String clientId, String clientSecret, String scope) throws ServiceNowException {
        form.put("grant_type", "client_credentials");
        form.put("client_id", Given.notBlank("client id", clientId));
        form.put("client_secret", Given.notBlank("client secret", clientSecret));
        Given.putIfGiven(form, "scope", scope);
    }

    @Override
    public Map<String, String> form(Instant now) {
        return form;
    }

    @Override
    public String causesOfRefusal() {
        return "wrong client id or client secret; the application is not active; the grant type is not enabled (system"
                + " property glide.oauth.inbound.client.credential.grant_type.enabled must be true); the application"
                + " has no OAuth Application User, or that user is locked or inactive.";
    }

    @Override
    public String toString() {
        return "client credentials (hidden)";
    }
}
