package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request as it arrived.
 *
 * @param path the decoded path
 * @param query the raw query string, without question mark
 * @param headers by lower-case name, of repeated ones the first
 * @param address the address it was sent to, such as {@code http://localhost:8080}
 */
public record Call(String method, String path, String query, Map<String, String> headers, byte[] body, String address) {

    /** Splits a request line's target. */
    public static Call of(String method, String target, Map<String, String> headers, byte[] body, String address) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        // a plus in a path is a plus
        return new Call(method, decode(path.replace("+", "%2B")), query, headers, body, address);
    }

    /** The method that counts: {@code X-HTTP-Method-Override} is for clients without PATCH. */
    public String effectiveMethod() {
        String override = header("X-HTTP-Method-Override");
        return override.isEmpty() ? method : override.toUpperCase(Locale.ROOT);
    }

    /** A header's value, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The query's parameters, decoded, in their order; of repeated ones the last. */
    public Map<String, String> parameters() {
        return form(query);
    }

    /** A parameter's value, or an empty text. */
    public String parameter(String name) {
        return parameters().getOrDefault(name, "");
    }

    public boolean isTrue(String parameter) {
        return parameter(parameter).equals("true");
    }

    /** A number, or the default when it is none. */
    public int number(String parameter, int byDefault) {
        try {
            return Integer.parseInt(parameter(parameter));
        } catch (NumberFormatException e) {
            return byDefault;
        }
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The body read as a posted form. */
    public Map<String, String> form() {
        return form(text());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    public boolean isWrite() {
        String counting = effectiveMethod();
        return counting.equals("POST")
                || counting.equals("PUT")
                || counting.equals("PATCH")
                || counting.equals("DELETE");
    }
}
