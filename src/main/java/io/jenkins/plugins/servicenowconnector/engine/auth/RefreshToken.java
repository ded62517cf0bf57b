package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An OAuth 2.0 refresh token that stays the same for its whole life. */
public final class RefreshToken implements Grant {

    private final Map<String, String> form = new LinkedHashMap<>();

    /**
     * @param clientId the client id
     * @param clientSecret its secret; blank for a public client
     * @param refreshToken the refresh token; a secret
     * @param scope the scopes to ask for, separated by blanks; may be blank
     * @throws ServiceNowException if id or refresh token is blank
     */
    public RefreshToken(String clientId, String clientSecret, String refreshToken, String scope)
            throws ServiceNowException {
        form.put("grant_type", "refresh_token");
        form.put("client_id", Given.notBlank("client id", clientId));
        Given.putIfGiven(form, "client_secret", clientSecret);
        form.put("refresh_token", Given.notBlank("refresh token", refreshToken));
        Given.putIfGiven(form, "scope", scope);
    }

    @Override
    public Map<String, String> form(Instant now) {
        return form;
    }

    @Override
    public String refreshToken() {
        return form.get("refresh_token");
    }

    @Override
    public String causesOfRefusal() {
        return "the refresh token has expired (ServiceNow's live 100 days by default) or was revoked, so that a new one"
                + " is needed in the credential; wrong client id or client secret, or ones of another application than"
                + " the refresh token's; the user that it stands for is locked or inactive.";
    }

    @Override
    public String toString() {
        return "refresh token (hidden)";
    }
}
