package io.jenkins.plugins.servicenowconnector.simulator.signin;

/**
 * An entry of the registry of applications.
 *
 * @param secret empty for a public client
 * @param userName the OAuth Application User; empty if none is set
 * @param refreshToken the one refresh token that was handed out; empty for none
 */
public record OAuthClient(String id, String secret, String userName, String refreshToken) {

    /** Never the secrets. */
    @Override
    public String toString() {
        return id + " for " + userName;
    }
}
