package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** A REST API key of ServiceNow (servicenow-rest §6.1). */
public final class ApiKeyAuthentication implements Authentication {

    private final AuthHeader header;

    /**
     * @param key the key; a secret
     * @throws ServiceNowException if the key is blank or holds what no header can carry
     */
    public ApiKeyAuthentication(String key) throws ServiceNowException {
        String trimmed = key == null ? "" : key.trim();
        if (trimmed.isEmpty() || !trimmed.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
            throw ServiceNowException.badInput(
                    "API key", "must be the key as ServiceNow shows it: one word, without blanks or line breaks.");
        }
        header = new AuthHeader("x-sn-apikey", trimmed);
    }

    @Override
    public AuthHeader header() {
        return header;
    }

    @Override
    public String causesOfRefusal() {
        return "wrong, inactive or expired API key; the instance has no inbound authentication profile for API keys, or"
                + " no REST API access policy that lets keys use this interface (each interface needs one); the user"
                + " that the key stands for is locked or inactive.";
    }
}
