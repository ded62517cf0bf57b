package io.jenkins.plugins.servicenowconnector.engine.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Writes an ordinary body as JSON, or refuses one that no instance takes. */
final class BodyBytes {

    static final String TYPE = "application/json;charset=UTF-8";

    /** {@code glide.rest.max_content_length} as it is unless an administrator changes it (servicenow-rest §1.8). */
    private static final int MOST = 10 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private BodyBytes() {}

    /**
     * @param body plain values; null for no body
     * @throws ServiceNowException bad input that names the longest field, if there are more bytes than ServiceNow reads
     */
    static byte[] of(Object body) throws ServiceNowException {
        try {
            byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
            if (bytes.length > MOST) {
                throw ServiceNowException.badInput(longest(body), tooLong(bytes.length));
            }
            return bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a plain value: " + e.getOriginalMessage(), e);
        }
    }

    private static String tooLong(int bytes) {
        return String.format(
                Locale.ROOT,
                "is too long: with it the request has %,d bytes, and ServiceNow takes no more than %,d in one request;"
                        + " shorten it, or attach it as a file.",
                bytes,
                MOST);
    }

    private static String longest(Object body) {
        return body instanceof Map<?, ?> fields
                ? fields.entrySet().stream()
                        .max(Comparator.comparingInt(
                                each -> String.valueOf(each.getValue()).length()))
                        .map(each -> String.valueOf(each.getKey()))
                        .orElse("")
                : "What is sent";
    }
}
