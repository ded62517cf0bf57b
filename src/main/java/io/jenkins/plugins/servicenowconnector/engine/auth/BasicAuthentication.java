package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user name with its password, sent with the first request already, in UTF-8. */
public final class BasicAuthentication implements Authentication {

    private final AuthHeader header;

    /**
     * @param user the user name of the ServiceNow account
     * @param password its password; a secret
     * @throws ServiceNowException if the user name is blank or holds a colon, which Basic authentication cannot carry, or if
     *     there is no password
     */
    public BasicAuthentication(String user, String password) throws ServiceNowException {
        if (user == null || user.isBlank() || user.indexOf(':') >= 0) {
            throw ServiceNowException.badInput("user name", "must not be blank or hold a colon.");
        }
        if (password == null || password.isEmpty()) {
            throw ServiceNowException.badInput("password", "must not be empty.");
        }
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        header = new AuthHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public AuthHeader header() {
        return header;
    }
}
