package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.AuthHeader;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An instance that gives one answer to everything, without a network. */
final class CannedInstance {

    static final Instant OUR_TIME = Instant.parse("2026-05-11T09:00:00Z");

    final List<Request> requests = new ArrayList<>();

    private final int status;
    private final Map<String, String> headers = new HashMap<>();
    private final String body;

    private CannedInstance(int status, String contentType, String body) {
        this.status = status;
        this.body = body;
        if (!contentType.isEmpty()) {
            headers.put("content-type", contentType);
        }
    }

    static CannedInstance json(int status, String body) {
        return new CannedInstance(status, "application/json;charset=UTF-8", body);
    }

    static CannedInstance html(int status, String body) {
        return new CannedInstance(status, "text/html;charset=UTF-8", body);
    }

    /** An answer without a body or a type, as gateways send. */
    static CannedInstance empty(int status) {
        return new CannedInstance(status, "", "");
    }

    CannedInstance with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Instance open() {
        return new Instance(
                URI.create("https://dev1.service-now.com"),
                () -> new AuthHeader("Authorization", "Basic c2VjcmV0"),
                request -> {
                    requests.add(request);
                    return new Answer(status, headers, body.getBytes(StandardCharsets.UTF_8), "linux-1");
                },
                Limits.DEFAULT,
                "Jenkins-ServiceNow-Connector/test (tests)",
                () -> OUR_TIME);
    }

    TableApi tables() {
        return new TableApi(open());
    }
}
