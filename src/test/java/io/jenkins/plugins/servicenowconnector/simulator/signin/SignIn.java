package io.jenkins.plugins.servicenowconnector.simulator.signin;

import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Accounts;
import io.jenkins.plugins.servicenowconnector.simulator.rest.RestApi;

/** The ways to prove who calls besides a password. */
public final class SignIn {

    /** The instance's own token endpoint. */
    public static final String TOKEN_PATH = "/oauth_token.do";

    /** The token endpoint of somebody else whose tokens the instance knows. */
    public static final String FOREIGN_TOKEN_PATH = "/as/token.oauth2";

    private final AccessTokens tokens;
    private final TokenEndpoint endpoint;
    private final TokenEndpoint foreignEndpoint;
    private final Adfs adfs;
    private final ApiKeys apiKeys;
    private final ClientCertificates certificates;

    public SignIn(Accounts accounts, InstanceClock clock, RestApi api) {
        tokens = new AccessTokens(clock);
        endpoint = new TokenEndpoint(TOKEN_PATH, tokens);
        foreignEndpoint = new TokenEndpoint(FOREIGN_TOKEN_PATH, tokens);
        adfs = new Adfs(tokens, clock);
        apiKeys = new ApiKeys(accounts);
        certificates = new ClientCertificates(accounts);
        api.openEndpoint(endpoint);
        api.openEndpoint(foreignEndpoint);
        api.openEndpoint(adfs);
        api.door(new BearerDoor(accounts, tokens));
        api.door(apiKeys);
        api.door(certificates);
    }

    /** As on the first day: no application, no key, no certificate, no token. */
    public void reset() {
        tokens.reset();
        endpoint.reset();
        foreignEndpoint.reset();
        adfs.reset();
        apiKeys.reset();
        certificates.standFor("");
    }

    public AccessTokens tokens() {
        return tokens;
    }

    public TokenEndpoint endpoint() {
        return endpoint;
    }

    public TokenEndpoint foreignEndpoint() {
        return foreignEndpoint;
    }

    public Adfs adfs() {
        return adfs;
    }

    public ApiKeys apiKeys() {
        return apiKeys;
    }

    public ClientCertificates certificates() {
        return certificates;
    }
}
