package io.jenkins.plugins.servicenowconnector.step;

/**
 * One field as a form shows it.
 *
 * @param name the field's name
 * @param value its value as text
 */
public record FieldRow(String name, String value) {

    /** For the form, which knows getters only. */
    public String getName() {
        return name;
    }

    /** For the form, which knows getters only. */
    public String getValue() {
        return value;
    }
}
