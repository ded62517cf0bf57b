package io.jenkins.plugins.servicenowconnector.simulator.signin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.OpenEndpoint;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The token endpoint of an ADFS server, which wants a signed assertion of the client. */
public final class Adfs implements OpenEndpoint {

    /** Where it is. */
    public static final String PATH = "/adfs/oauth2/token";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final AccessTokens tokens;
    private final InstanceClock clock;
    private final Set<String> usedIds = ConcurrentHashMap.newKeySet();
    private volatile Client client;
    private volatile String lastComplaint;

    Adfs(AccessTokens tokens, InstanceClock clock) {
        this.tokens = tokens;
        this.clock = clock;
        reset();
    }

    void reset() {
        usedIds.clear();
        client = null;
        lastComplaint = "";
    }

    /** Registers the one client: its certificate, the resource it may ask for, the user it stands for. */
    public void client(String id, X509Certificate certificate, String resource, String userName) {
        client = new Client(id, certificate, resource, userName);
    }

    /** What was wrong with the last request; empty for nothing. */
    public String lastComplaint() {
        return lastComplaint;
    }

    @Override
    public Optional<Reply> answer(Call call) {
        if (!call.path().equals(PATH)) {
            return Optional.empty();
        }
        Map<String, String> form = call.form();
        lastComplaint = complaint(form, call.address() + PATH);
        if (!lastComplaint.isEmpty()) {
            ObjectNode error = JSON.createObjectNode().put("error", "invalid_client");
            return Optional.of(Reply.json(400, error.put("error_description", "MSIS9607: " + lastComplaint)));
        }
        AccessTokens.Token token = tokens.issue(client.id, client.userName);
        return Optional.of(Reply.json(
                200,
                JSON.createObjectNode()
                        .put("access_token", token.value())
                        .put("token_type", "bearer")
                        .put("expires_in", tokens.secondsLeft(token))));
    }

    private String complaint(Map<String, String> form, String audience) {
        if (client == null || !client.id.equals(form.get("client_id"))) {
            return "unknown client";
        }
        if (!"client_credentials".equals(form.get("grant_type")) || !TYPE.equals(form.get("client_assertion_type"))) {
            return "wrong grant";
        }
        if (!client.resource.equals(form.get("resource"))) {
            return "unknown resource";
        }
        return new Assertion(form.getOrDefault("client_assertion", ""))
                .complaint(client.id, client.certificate, audience, clock.now(), usedIds);
    }

    /** What is registered. */
    private record Client(String id, X509Certificate certificate, String resource, String userName) {}
}
