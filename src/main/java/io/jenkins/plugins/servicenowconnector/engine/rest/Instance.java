package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.servicenowconnector.engine.auth.Authentication;
import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One ServiceNow instance as one account sees it: turns a question into a request, has it carried, and says what the answer
 * means.
 */
public final class Instance {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Authentication authentication;
    private final Transport transport;
    private final Limits limits;
    private final String userAgent;
    private final InstantSource clock;
    private final Holds holds;

    /** An instance whose rate limits nobody else knows of; see the other constructor. */
    public Instance(
            URI url,
            Authentication authentication,
            Transport transport,
            Limits limits,
            String userAgent,
            InstantSource clock) {
        this(url, authentication, transport, limits, userAgent, clock, new Holds(clock));
    }

    /**
     * @param url the address of the instance, as {@link InstanceUrl} gives it
     * @param authentication who is asking
     * @param transport who carries the requests
     * @param limits for each single request
     * @param userAgent what we call ourselves
     * @param clock this side's clock
     * @param holds what is known of rate limits by all who call with this account
     */
    public Instance(
            URI url,
            Authentication authentication,
            Transport transport,
            Limits limits,
            String userAgent,
            InstantSource clock,
            Holds holds) {
        this.url = url;
        this.authentication = authentication;
        this.transport = transport;
        this.limits = limits;
        this.userAgent = userAgent;
        this.clock = clock;
        this.holds = holds;
    }

    /**
     * The same instance for somebody who may be stopped: after that it sends no more writes, but throws
     * InterruptedException instead.
     *
     * @param stopped asked before each write
     */
    public Instance until(BooleanSupplier stopped) {
        return through(calls -> request -> {
            if (!request.method().isRead() && stopped.getAsBoolean()) {
                throw new InterruptedException("stopped before " + request.method());
            }
            return calls.send(request);
        });
    }

    /** The same instance with something around its calls; how it is signed in to stays outside of that. */
    public Instance through(UnaryOperator<Transport> around) {
        return new Instance(url, authentication, around.apply(transport), limits, userAgent, clock, holds);
    }

    /** The address of the instance. */
    public URI url() {
        return url;
    }

    /** How long one call may take. */
    public Limits limits() {
        return limits;
    }

    /** Something unusual about signing in though calls succeed; empty for nothing. */
    public String remark() {
        return authentication.remark();
    }

    /**
     * Asks for something.
     *
     * @param table the table that is asked about, for errors
     * @param path the path below the instance's address; its parts must have been checked
     * @param query names and values, not yet encoded
     * @return an answer that counts: JSON with a result and without an error
     */
    Reply get(String table, String path, Map<String, String> query) throws ServiceNowException, InterruptedException {
        return call(table, request(Method.GET, path, query, null));
    }

    /** Sends a JSON body, in UTF-8. */
    Reply send(String table, Method method, String path, Map<String, String> query, Object body)
            throws ServiceNowException, InterruptedException {
        return call(table, request(method, path, query, body));
    }

    /**
     * Sends a body that is read while it is sent.
     *
     * @param contentType the type that ServiceNow stores with it
     */
    Reply upload(String table, String path, Map<String, String> query, String contentType, StreamedBody body)
            throws ServiceNowException, InterruptedException {
        Map<String, String> headers = headers(contentType);
        return call(
                table,
                new Request(Method.POST, address(path, query), headers, null, new byte[0], limits).streaming(body));
    }

    private Request request(Method method, String path, Map<String, String> query, Object body)
            throws ServiceNowException {
        byte[] bytes = BodyBytes.of(body);
        return new Request(
                method, address(path, query), headers(body == null ? "" : BodyBytes.TYPE), null, bytes, limits);
    }

    private Reply call(String table, Request request) throws ServiceNowException, InterruptedException {
        Asked asked = new Asked(table, request.method(), url, authentication.causesOfRefusal());
        holds.check(asked);
        AuthHeader header = authentication.header();
        Answer answer = carry(table, request.with(header));
        // ServiceNow has done nothing for a 401, so this is safe for a write too
        if (answer.status() == 401 && authentication.replaces(header)) {
            answer = carry(table, request.with(authentication.header()));
        }
        try {
            Reply reply = Reply.read(asked, answer, clock.instant());
            holds.answered(asked, answer);
            return reply;
        } catch (ServiceNowException e) {
            throw holds.failed(asked, e);
        }
    }

    private Answer carry(String table, Request request) throws ServiceNowException, InterruptedException {
        try {
            return transport.send(request);
        } catch (ServiceNowException e) {
            String agent = e.facts().agent();
            throw e.with(new Facts(table, request.method().name(), 0, "", "", "", agent));
        }
    }

    /** The address of a request; its length decides how many keys one request can ask for. */
    URI address(String path, Map<String, String> query) {
        return URI.create(address(url.toString(), path, query));
    }

    static String address(String url, String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
        return url + path + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** Commas stay as they are: encoded, 50 keys would not fit into 2,048 characters (servicenow-rest §14). */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2C", ",");
    }

    private Map<String, String> headers(String contentType) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("Accept", "application/json");
        headers.put("User-Agent", userAgent);
        if (!contentType.isEmpty()) {
            headers.put("Content-Type", contentType);
        }
        return headers;
    }

    static JsonNode parse(byte[] body) throws IOException {
        return JSON.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(body);
    }
}
