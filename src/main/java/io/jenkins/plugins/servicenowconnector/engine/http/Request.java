package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;

/**
 * One HTTP request as a plain value that can be sent from here or from an agent.
 *
 * @param method the HTTP method
 * @param uri the whole address, percent-encoded
 * @param headers headers that are no secret
 * @param auth the header that proves who we are; null for a request without one
 * @param body the bytes to send; empty for none
 * @param limits how long it may take, how large the answer may be
 * @param route the way to the server
 */
public record Request(
        Method method, URI uri, Map<String, String> headers, AuthHeader auth, byte[] body, Limits limits, Route route)
        implements Serializable {

    public Request {
        headers = Map.copyOf(headers);
    }

    /** A request that goes straight to the server. */
    public Request(Method method, URI uri, Map<String, String> headers, AuthHeader auth, byte[] body, Limits limits) {
        this(method, uri, headers, auth, body, limits, Route.DIRECT);
    }

    /** The same request with another proof of who we are. */
    public Request with(AuthHeader other) {
        return new Request(method, uri, headers, other, body, limits, route);
    }

    /** The same request on another way. */
    public Request via(Route other) {
        return new Request(method, uri, headers, auth, body, limits, other);
    }

    /** Method and path for a log: no query (it can hold personal data), no header, no body. */
    @Override
    public String toString() {
        return method + " " + uri.getPath();
    }
}
