package io.jenkins.plugins.servicenowconnector.engine.http;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Requests as the storey above the transport makes them. */
final class Requests {

    static final String INCIDENTS = "/api/now/table/incident";

    private Requests() {}

    static Request get(URI uri) {
        return new Request(Method.GET, uri, Map.of("Accept", "application/json"), auth(), new byte[0], Limits.DEFAULT);
    }

    static Request post(URI uri, String json) {
        Map<String, String> headers =
                Map.of("Accept", "application/json", "Content-Type", "application/json;charset=UTF-8");
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new Request(Method.POST, uri, headers, auth(), body, Limits.DEFAULT);
    }

    static Request within(Duration connect, Duration response, Request request) {
        return with(new Limits(connect, response, request.limits().maxAnswerBytes()), request);
    }

    static Request with(Limits limits, Request request) {
        return new Request(request.method(), request.uri(), request.headers(), request.auth(), request.body(), limits);
    }

    private static AuthHeader auth() {
        byte[] pair = (Simulator.USER + ":" + Simulator.PASSWORD).getBytes(StandardCharsets.UTF_8);
        return new AuthHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
}
