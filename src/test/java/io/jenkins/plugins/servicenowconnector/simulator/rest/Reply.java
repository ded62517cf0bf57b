package io.jenkins.plugins.servicenowconnector.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What goes back for one request.
 *
 * @param delay how long to wait before the first byte
 * @param ending what happens to the connection
 */
public record Reply(int status, List<Map.Entry<String, String>> headers, byte[] body, Duration delay, Ending ending) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How an answer is delivered. */
    public enum Ending {
        WHOLE,
        /** The connection is reset, nothing is sent. */
        RESET,
        /** The connection is closed in order, nothing is sent. */
        CLOSED,
        /** The body comes in small pieces over the delay. */
        DRIBBLED,
        /** The head is sent and something of a body, then the connection ends. */
        BROKEN
    }

    public static Reply of(int status, String contentType, String body) {
        List<Map.Entry<String, String>> headers =
                contentType.isEmpty() ? List.of() : List.of(Map.entry("Content-Type", contentType));
        return new Reply(status, headers, body.getBytes(StandardCharsets.UTF_8), Duration.ZERO, Ending.WHOLE);
    }

    public static Reply empty(int status) {
        return of(status, "", "");
    }

    public static Reply json(int status, JsonNode body) {
        try {
            return of(status, "application/json;charset=UTF-8", JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Table API's envelope around a result. */
    public static Reply result(int status, JsonNode result) {
        return json(status, JSON.createObjectNode().set("result", result));
    }

    /** The error envelope; a null detail is sent as such. */
    public static Reply error(int status, String message, String detail) {
        return json(status, errorBody(message, detail));
    }

    /** The error envelope as an object. */
    public static ObjectNode errorBody(String message, String detail) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("message", message).put("detail", detail);
        return body.put("status", "failure");
    }

    public static Reply html(int status, String title, String text) {
        return of(
                status,
                "text/html;charset=UTF-8",
                "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><p>" + text
                        + "</p></body></html>");
    }

    public Reply with(String header, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(header, value));
        return new Reply(status, List.copyOf(more), body, delay, ending);
    }

    public Reply withBody(String text) {
        return new Reply(status, headers, text.getBytes(StandardCharsets.UTF_8), delay, ending);
    }

    public Reply after(Duration wait) {
        return new Reply(status, headers, body, wait, ending);
    }

    public Reply ending(Ending how) {
        return new Reply(status, headers, body, delay, how);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
