package io.jenkins.plugins.servicenowconnector.simulator.signin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.OpenEndpoint;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A path that hands out access tokens for client credentials or refresh tokens. */
public final class TokenEndpoint implements OpenEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String path;
    private final AccessTokens tokens;
    private final Map<String, OAuthClient> clients = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile TokenOddity oddity;
    private volatile Duration delay = Duration.ZERO;

    /**
     * @param path where it is
     * @param tokens where its tokens are known
     */
    public TokenEndpoint(String path, AccessTokens tokens) {
        this.path = path;
        this.tokens = tokens;
    }

    void reset() {
        clients.clear();
        requests.set(0);
        oddity = null;
        delay = Duration.ZERO;
    }

    /** Adds an application, or replaces the one of that id. */
    public void client(OAuthClient client) {
        clients.put(client.id(), client);
    }

    /** Answers oddly from now on; null for as it should be. */
    public void oddity(TokenOddity howOddly) {
        oddity = howOddly;
    }

    /** Takes its time from now on. */
    public void delay(Duration howLong) {
        delay = howLong;
    }

    /** How many token requests there were. */
    public int requests() {
        return requests.get();
    }

    @Override
    public Optional<Reply> answer(Call call) {
        if (!call.path().equals(path)) {
            return Optional.empty();
        }
        requests.incrementAndGet();
        boolean isForm = call.header("Content-Type").startsWith("application/x-www-form-urlencoded");
        Reply reply = isForm && call.method().equals("POST")
                ? answer(call.form())
                : TokenOddity.ACCESS_DENIED.reply(JSON.createObjectNode());
        return Optional.of(reply.after(delay));
    }

    private Reply answer(Map<String, String> form) {
        OAuthClient client = clients.get(form.getOrDefault("client_id", ""));
        TokenOddity wrong = client == null ? TokenOddity.ACCESS_DENIED : wrong(client, form);
        if (wrong != null) {
            return wrong.reply(JSON.createObjectNode());
        }
        ObjectNode good = token(client, form);
        return oddity == null ? Reply.json(200, good) : oddity.reply(good);
    }

    private static TokenOddity wrong(OAuthClient client, Map<String, String> form) {
        if (!client.secret().equals(form.getOrDefault("client_secret", ""))) {
            return TokenOddity.ACCESS_DENIED;
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> client.userName().isEmpty() ? TokenOddity.UNAUTHORIZED_CLIENT : null;
            case "refresh_token" ->
                form.getOrDefault("refresh_token", "").equals(client.refreshToken()) ? null : TokenOddity.INVALID_GRANT;
            default -> TokenOddity.UNSUPPORTED_GRANT_TYPE;
        };
    }

    private ObjectNode token(OAuthClient client, Map<String, String> form) {
        AccessTokens.Token token = tokens.issue(client.id(), client.userName());
        ObjectNode good = JSON.createObjectNode()
                .put("access_token", token.value())
                .put("scope", form.getOrDefault("scope", "useraccount"))
                .put("token_type", "Bearer")
                .put("expires_in", tokens.secondsLeft(token));
        return client.refreshToken().isEmpty() ? good : good.put("refresh_token", client.refreshToken());
    }
}
