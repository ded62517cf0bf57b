package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import java.io.Serializable;

/**
 * What became of one field that was sent.
 *
 * @param field its name
 * @param kind what became of it
 * @param sent the text that was sent; empty to clear the field
 * @param stored what the field holds afterwards; empty if it is empty or did not come back
 */
public record FieldOutcome(String field, Kind kind, String sent, FieldValue stored) implements Serializable {

    /** What can become of a field. */
    public enum Kind {
        /** It holds what was sent. */
        TAKEN,
        /** It does not hold it, and nothing of the instance put something else there on purpose. */
        NOT_TAKEN,
        /** A rule of the instance put something else there. */
        CHANGED,
        /** It holds the beginning of what was sent. */
        SHORTENED
    }

    /** The longest part of a value that a log line repeats. */
    private static final int SHOWN = 60;

    /** A sentence for the log; for a field that was taken too. */
    public String line() {
        return switch (kind) {
            case TAKEN -> field + " is '" + shown(sent) + "'.";
            case NOT_TAKEN ->
                "Warning: ServiceNow did not take " + field + ": sent '" + shown(sent) + "', "
                        + (stored.isEmpty() ? "it is empty or cannot be read" : "it is " + named()) + ".";
            case CHANGED ->
                field + " was changed by ServiceNow to " + (stored.isEmpty() ? "nothing" : named()) + ", sent was '"
                        + shown(sent) + "'.";
            case SHORTENED ->
                "Warning: ServiceNow shortened " + field + " to "
                        + stored.value().length() + " of " + sent.length() + " characters.";
        };
    }

    private String named() {
        boolean isSame =
                stored.displayValue().isEmpty() || stored.displayValue().equals(stored.value());
        return "'" + shown(stored.value()) + "'" + (isSame ? "" : " (" + shown(stored.displayValue()) + ")");
    }

    private static String shown(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
