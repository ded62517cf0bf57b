package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One HTTP request as a plain value that can be sent from here or from an agent. Its body is bytes, or a stream that is read
 * while it is sent.
 *
 * @param method the HTTP method
 * @param uri the whole address, percent-encoded
 * @param headers headers that are no secret
 * @param auth the header that proves who we are; null for a request without one
 * @param body the bytes to send; empty for none
 * @param stream what to send instead of the bytes, as large as it may be; null for the bytes
 * @param limits how long it may take, how large the answer may be
 * @param route the way to the server
 */
public record Request(
        Method method,
        URI uri,
        Map<String, String> headers,
        AuthHeader auth,
        byte[] body,
        StreamedBody stream,
        Limits limits,
        Route route)
        implements Serializable {

    /** The slowest pace at which a stream may travel before the call counts as too slow. */
    private static final long SLOWEST_BYTES_A_SECOND = 1024 * 1024;

    public Request {
        headers = Map.copyOf(headers);
    }

    /** A request whose body is bytes. */
    public Request(
            Method method,
            URI uri,
            Map<String, String> headers,
            AuthHeader auth,
            byte[] body,
            Limits limits,
            Route route) {
        this(method, uri, headers, auth, body, null, limits, route);
    }

    /** A request that goes straight to the server. */
    public Request(Method method, URI uri, Map<String, String> headers, AuthHeader auth, byte[] body, Limits limits) {
        this(method, uri, headers, auth, body, limits, Route.DIRECT);
    }

    /** The same request with another proof of who we are. */
    public Request with(AuthHeader other) {
        return new Request(method, uri, headers, other, body, stream, limits, route);
    }

    /** The same request on another way. */
    public Request via(Route other) {
        return new Request(method, uri, headers, auth, body, stream, limits, other);
    }

    /** The same request with a stream in place of its bytes. */
    public Request streaming(StreamedBody other) {
        return new Request(method, uri, headers, auth, new byte[0], other, limits, route);
    }

    /**
     * The longest time that the call may take: what its limits say, and for a stream one more second for each MiB that it has
     * begun, since no limit on an answer can hold for a body of any size.
     */
    public Duration longest() {
        long size = stream == null ? 0 : stream.size();
        return limits.total().plusSeconds((size + SLOWEST_BYTES_A_SECOND - 1) / SLOWEST_BYTES_A_SECOND);
    }

    /** Method and path for a log: no query (it can hold personal data), no header, no body. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
