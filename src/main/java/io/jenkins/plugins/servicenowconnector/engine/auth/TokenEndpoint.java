package io.jenkins.plugins.servicenowconnector.engine.auth;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where access tokens are handed out: an address that takes one form post.
 *
 * @param url its address, which must have passed the same rules as an instance's
 * @param limits for each single request
 * @param userAgent what we call ourselves
 */
public record TokenEndpoint(URI url, Limits limits, String userAgent) {

    /** The endpoint of a ServiceNow instance itself. */
    public static URI of(URI instance) {
        return URI.create(instance + "/oauth_token.do");
    }

    /** Asks for one token; an error says that the call for which it was wanted has not been made. */
    Token ask(Grant grant, Transport transport, Instant now) throws ServiceNowException, InterruptedException {
        Map<String, String> form = grant.form(now);
        Map<String, String> headers = Map.of(
                "Accept", "application/json",
                "Content-Type", "application/x-www-form-urlencoded",
                "User-Agent", userAgent);
        byte[] body = encode(form).getBytes(StandardCharsets.UTF_8);
        Answer answer;
        try {
            answer = transport.send(new Request(Method.POST, url, headers, null, body, limits));
        } catch (ServiceNowException e) {
            Facts facts = new Facts("", "POST", 0, "", "", "", e.facts().agent());
            throw TokenAnswers.noToken(e.kind(), e.sentence(), facts);
        }
        return new TokenAnswers(url, grant, form, answer).read(now);
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
