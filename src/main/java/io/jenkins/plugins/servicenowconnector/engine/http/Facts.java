package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is known of a failed call, for the end of an error's message.
 *
 * @param table the table asked for; empty if none
 * @param method the HTTP method; empty if no request was sent
 * @param status the HTTP status; 0 if no answer came
 * @param message ServiceNow's own {@code error.message}; empty if none
 * @param detail ServiceNow's own {@code error.detail}; empty if none
 * @param transaction ServiceNow's {@code X-Transaction-ID}; empty if none
 * @param agent the node that made the call; empty if unknown
 */
public record Facts(
        String table, String method, int status, String message, String detail, String transaction, String agent)
        implements Serializable {

    /** Nothing is known, because nothing was sent. */
    public static final Facts NONE = new Facts("", "", 0, "", "", "", "");

    /** The longest text of ServiceNow that is repeated in a message. */
    private static final int LONGEST = 400;

    public Facts {
        message = oneLine(message);
        detail = oneLine(detail);
    }

    /** The same facts, saying which node made the call. */
    public Facts from(String node) {
        return new Facts(table, method, status, message, detail, transaction, node);
    }

    /** The facts in brackets, with a space before them; empty if there are none. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "table ", table);
        add(parts, "method ", method);
        add(parts, "HTTP status ", status == 0 ? "" : String.valueOf(status));
        add(parts, "ServiceNow says: ", Objects.equals(detail, "") ? message : join(message, detail));
        add(parts, "transaction ", transaction);
        add(parts, "agent ", agent);
        return parts.isEmpty() ? "" : " (" + String.join("; ", parts) + ")";
    }

    private static String join(String message, String detail) {
        return message.isEmpty() ? detail : message + " / " + detail;
    }

    private static void add(List<String> parts, String name, String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(name + value);
        }
    }

    private static String oneLine(String text) {
        String line =
                text == null ? "" : text.replaceAll("[\\s\\p{Cntrl}]+", " ").trim();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
