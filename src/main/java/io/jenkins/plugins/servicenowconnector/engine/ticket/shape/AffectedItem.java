package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import java.io.Serializable;

/**
 * What became of one configuration item that was to be attached to a ticket.
 *
 * @param item the item
 * @param outcome what became of it
 * @param reason why it is not attached; empty if it is
 */
public record AffectedItem(ConfigurationItem item, Outcome outcome, String reason) implements Serializable {

    /** What can become of it. */
    public enum Outcome {
        /** It is attached now. */
        ADDED,
        /** It was attached before; nothing was sent. */
        ALREADY_THERE,
        /** It is not attached. */
        FAILED,
        /** It may be attached or not; doing the same again later looks first, so that it is never attached twice. */
        UNKNOWN
    }

    /** A sentence for the log. */
    public String line() {
        return switch (outcome) {
            case ADDED -> "Affected item " + item.name() + " added.";
            case ALREADY_THERE -> "Affected item " + item.name() + " is there already.";
            case FAILED -> "Warning: affected item " + item.name() + " was not added: " + reason;
            case UNKNOWN -> "Warning: whether affected item " + item.name() + " was added is unknown: " + reason;
        };
    }
}
