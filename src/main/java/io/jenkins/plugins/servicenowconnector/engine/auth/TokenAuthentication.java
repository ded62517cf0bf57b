package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;

/** An access token, taken from where it is kept. */
final class TokenAuthentication implements Authentication {

    private final TokenSource source;
    private final Transport transport;

    TokenAuthentication(TokenSource source, Transport transport) {
        this.source = source;
        this.transport = transport;
    }

    @Override
    public AuthHeader header() throws ServiceNowException, InterruptedException {
        return source.header(transport);
    }

    @Override
    public boolean replaces(AuthHeader refused) {
        source.drop(refused);
        return true;
    }

    @Override
    public String causesOfRefusal() {
        return "a new access token was refused too: the user that it stands for is locked or inactive; the instance"
                + " does not know whoever made the token; a REST API access policy does not let tokens use this"
                + " interface.";
    }

    @Override
    public String remark() {
        return source.assumesLifetime()
                ? "The token endpoint does not say how long a token lives; " + Token.ASSUMED_LIFETIME.toMinutes()
                        + " minutes are assumed."
                : "";
    }
}
