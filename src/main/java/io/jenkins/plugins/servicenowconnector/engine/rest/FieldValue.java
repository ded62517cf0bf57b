package io.jenkins.plugins.servicenowconnector.engine.rest;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a field holds: the stored value and what a person reads, always both.
 *
 * @param value what is stored, such as {@code -1} or a sys_id; never null, empty for an empty field
 * @param displayValue what a person reads, such as {@code Implement}, in the language and time zone of the API user; never
 *     null
 */
public record FieldValue(String value, String displayValue) implements Serializable {

    /** An empty field. */
    public static final FieldValue EMPTY = new FieldValue("", "");

    public FieldValue {
        Objects.requireNonNull(value);
        Objects.requireNonNull(displayValue);
    }

    /** Whether nothing is stored. */
    public boolean isEmpty() {
        return value.isEmpty();
    }
}
