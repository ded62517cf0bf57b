package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import java.io.Serializable;

/**
 * What one condition found in a ticket.
 *
 * @param condition the condition as text; for an expression the expression
 * @param field the field it looked at; empty for an expression
 * @param value what is stored there; empty for an expression
 * @param displayValue what a person reads there; empty for an expression
 * @param met whether the condition holds
 */
public record Finding(String condition, String field, String value, String displayValue, boolean met)
        implements Serializable {

    /** The condition, what it found, whether it holds: one line for a log. */
    @Override
    public String toString() {
        return described() + (met ? ": met" : ": not met");
    }

    /** What it found, on one line; empty for an expression. */
    public String found() {
        return field.isEmpty() ? "" : OneLine.both(value, displayValue);
    }

    /** The condition with what it found. */
    String described() {
        return field.isEmpty() ? condition : condition + ", found " + found();
    }
}
