package io.jenkins.plugins.servicenowconnector.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** A plain HTTP client that signs in with Basic auth. */
public final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();
    // one client for all tests: opening one costs more than a call
    private static final HttpClient SHARED = HttpClient.newHttpClient();

    private final Simulator simulator;
    private final String authorization;
    private final HttpClient client;

    private Caller(Simulator simulator, String authorization, HttpClient client) {
        this.simulator = simulator;
        this.authorization = authorization;
        this.client = client;
    }

    /** Calls as the account that exists from the start. */
    public static Caller of(Simulator simulator) {
        return as(simulator, Simulator.USER, Simulator.PASSWORD);
    }

    public static Caller as(Simulator simulator, String userName, String password) {
        byte[] pair = (userName + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Caller(simulator, "Basic " + Base64.getEncoder().encodeToString(pair), SHARED);
    }

    public static Caller anonymous(Simulator simulator) {
        return new Caller(simulator, "", SHARED);
    }

    /** The same caller over connections that nobody else uses. */
    public Caller withOwnConnection() {
        return new Caller(simulator, authorization, HttpClient.newHttpClient());
    }

    public Response get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** Lists a table by an encoded query; the parameters are added as they are. */
    public Response query(String table, String query, String... parameters) throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
        String more = parameters.length == 0 ? "" : "&" + String.join("&", parameters);
        return get("/api/now/table/" + table + "?sysparm_query=" + encoded + more);
    }

    public Response post(String table, String json) throws IOException, InterruptedException {
        return send("POST", "/api/now/table/" + table, json);
    }

    public Response patch(String table, String sysId, String json) throws IOException, InterruptedException {
        return send("PATCH", "/api/now/table/" + table + "/" + sysId, json);
    }

    /** Sends any request; the headers are name, value, name, value and so on. */
    public Response send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.url() + path))
                .timeout(Duration.ofMinutes(1))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .setHeader("Accept", "application/json");
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json;charset=UTF-8");
        }
        if (!authorization.isEmpty()) {
            request.setHeader("Authorization", authorization);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return new Response(client.send(request.build(), BodyHandlers.ofByteArray()));
    }

    /** What came back. */
    public record Response(HttpResponse<byte[]> http) {

        public int status() {
            return http.statusCode();
        }

        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() throws JsonProcessingException {
            return JSON.readTree(text());
        }

        public JsonNode result() throws JsonProcessingException {
            return json().path("result");
        }

        /** The result's field as text. */
        public String field(String name) throws JsonProcessingException {
            return result().path(name).asText();
        }

        /** The field as text in every record of a list. */
        public List<String> column(String name) throws JsonProcessingException {
            return result().findValuesAsText(name);
        }

        /** The error envelope's detail. */
        public String detail() throws JsonProcessingException {
            return json().path("error").path("detail").asText();
        }

        public String message() throws JsonProcessingException {
            return json().path("error").path("message").asText();
        }
    }
}
