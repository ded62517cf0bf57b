package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What came back for one request, as a plain value.
 *
 * @param status the HTTP status
 * @param headers the answer's headers by lower-case name; of repeated ones the first
 * @param body the whole body, at most as large as the request allowed
 * @param sentFrom the node that made the call, as a person knows it; empty where there is only one place
 */
public record Answer(int status, Map<String, String> headers, byte[] body, String sentFrom) implements Serializable {

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** The value of a header, or an empty text. The name must be in lower case. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The body as text; ServiceNow sends UTF-8 only. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The same answer, saying which node made the call. */
    public Answer sentFrom(String node) {
        return new Answer(status, headers, body, node);
    }

    /** Status and size for a log: never the body. */
    @Override
    public String toString() {
        return status + ", " + body.length + " bytes";
    }
}
