package io.jenkins.plugins.servicenowconnector.engine.auth;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Reads the token out of an endpoint's answer, or says in a sentence why there is none (servicenow-rest §6.3). */
final class TokenAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(366).toSeconds();

    private final URI url;
    private final Grant grant;
    private final Map<String, String> form;
    private final Answer answer;

    TokenAnswers(URI url, Grant grant, Map<String, String> form, Answer answer) {
        this.url = url;
        this.grant = grant;
        this.form = form;
        this.answer = answer;
    }

    Token read(Instant now) throws ServiceNowException {
        JsonNode json = json();
        if (json == null) {
            throw notJson();
        }
        String error = json.path("error").asText("");
        if (!error.isEmpty() || answer.status() >= 300) {
            String description = json.path("error_description").asText("");
            throw refused(error, description);
        }
        String token = json.path("access_token").asText("");
        if (!token.matches("[!-~]+")) {
            throw wrong("answered without an access token: its address may be another service's.");
        }
        String refresh = json.path("refresh_token").asText("");
        if (!grant.refreshToken().isEmpty() && !refresh.isEmpty() && !refresh.equals(grant.refreshToken())) {
            throw rotated();
        }
        return Token.of(token, lifetime(json.path("expires_in")), now);
    }

    /** Old releases send it as text (servicenow-rest §6.3); null if there is none that makes sense. */
    private static Duration lifetime(JsonNode seconds) {
        String text = seconds.asText("").trim();
        boolean isNumber = text.matches("[0-9]{1,12}(\\.[0-9]+)?");
        return isNumber ? Duration.ofSeconds(Math.min((long) Double.parseDouble(text), LONGEST_LIFE_SECONDS)) : null;
    }

    private JsonNode json() {
        try {
            JsonNode json = JSON.readTree(answer.body());
            return json.isObject() ? json : null;
        } catch (JacksonException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can always be read", e);
        }
    }

    private ServiceNowException refused(String error, String description) {
        Facts facts = facts(error, description);
        if (answer.status() == 429) {
            return ServiceNowException.rateLimited(
                    url.getAuthority() + " hands out no more tokens for now.", facts, retryAfter());
        }
        String why = TokenRefusals.sentence(error, description, grant.causesOfRefusal());
        // server_error comes with 401 for nearly everything that is wrong with the account; with 500 it is meant
        boolean isFault = answer.status() >= 500 || why.isEmpty() && answer.status() / 100 != 4;
        if (isFault) {
            return noToken(Kind.PROTOCOL, host() + " failed while it made one; it can be tried again.", facts);
        }
        if (why.isEmpty() && answer.status() == 404) {
            return noToken(Kind.NOT_FOUND, host() + " has no token endpoint at this address: check the URL.", facts);
        }
        String sentence = why.isEmpty() ? "refuses. Possible causes: " + grant.causesOfRefusal() : why;
        return noToken(Kind.UNAUTHENTICATED, host() + " " + sentence, facts);
    }

    /** Null if the endpoint does not say. */
    private Duration retryAfter() {
        String seconds = answer.header("retry-after");
        return seconds.matches("[0-9]{1,4}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
    }

    private ServiceNowException notJson() {
        String page = answer.text().toLowerCase(Locale.ROOT);
        Facts facts = facts("", "");
        if (page.contains("hibernating")) {
            return noToken(
                    Kind.ASLEEP,
                    host() + " hibernates: wake it up on ServiceNow's developer site, it takes a few minutes.",
                    facts);
        }
        if (answer.status() == 429 || answer.status() == 404 || answer.status() == 401) {
            return refused("", "");
        }
        if (answer.status() == 503 || page.contains("offline") || page.contains("maintenance")) {
            return noToken(Kind.ASLEEP, host() + " is offline or in maintenance; it can be tried again later.", facts);
        }
        if (answer.status() >= 500) {
            return refused("", "");
        }
        if (answer.status() / 100 == 3) {
            return wrong("redirects to another page instead of answering, which is not followed: check the token URL.");
        }
        return wrong("did not answer with JSON: check the token URL, and what a proxy in between does.");
    }

    private ServiceNowException rotated() {
        return noToken(
                Kind.UNAUTHENTICATED,
                host()
                        + " replaced the refresh token by another one, which Jenkins does not store; the one in the"
                        + " credential may no longer be valid. Set the application up so that refresh tokens are not"
                        + " rotated, then put a new refresh token into the credential.",
                facts("", ""));
    }

    private ServiceNowException wrong(String sentence) {
        return noToken(Kind.PROTOCOL, host() + " " + sentence, facts("", ""));
    }

    private String host() {
        return url.getAuthority();
    }

    private Facts facts(String error, String description) {
        return new Facts(
                "",
                "POST",
                answer.status(),
                withoutSecrets(error),
                withoutSecrets(description),
                answer.header("x-transaction-id"),
                answer.sentFrom());
    }

    /** Some endpoints repeat what they were sent. */
    private String withoutSecrets(String text) {
        String clean = text;
        for (String name : TokenRefusals.SECRET_FIELDS) {
            String secret = form.get(name);
            clean = secret == null ? clean : clean.replace(secret, "(hidden)");
        }
        return clean;
    }

    /** The call that needed the token has certainly not been made, so nothing is in doubt. */
    static ServiceNowException noToken(Kind kind, String sentence, Facts facts) {
        return ServiceNowException.noAnswer(kind, "No access token: " + sentence, false, null)
                .with(facts);
    }
}
