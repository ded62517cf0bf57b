package io.jenkins.plugins.servicenowconnector.simulator;

import java.util.Map;

/**
 * One request that arrived, with what was answered.
 *
 * @param query the raw query string
 * @param headers the request's, by lower-case name
 * @param body the request's
 * @param status the answer's; 0 when the connection was cut instead
 */
public record Exchange(String method, String path, String query, Map<String, String> headers, String body, int status) {

    /** Never the headers: they carry credentials. */
    @Override
    public String toString() {
        return method + " " + path + (query.isEmpty() ? "" : "?" + query) + " -> " + status;
    }
}
