package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Locale;

/** How a condition compares a field with what is wanted. */
public enum Operator {
    EQUALS("=", false, false),
    NOT_EQUALS("!=", true, false),
    IN("in", false, true),
    NOT_IN("not in", true, true);

    private final String sign;
    private final boolean negated;
    private final boolean list;

    Operator(String sign, boolean negated, boolean list) {
        this.sign = sign;
        this.negated = negated;
        this.list = list;
    }

    /**
     * Reads {@code =}, {@code !=}, {@code in}, {@code not in}, or Harness' {@code equals}, {@code not equals}.
     *
     * @param where what the user calls the place, for the error
     * @param text null or blank means {@code =}
     */
    static Operator parse(String where, String text) throws ServiceNowException {
        String word = text == null ? "" : text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "", "=", "equals" -> EQUALS;
            case "!=", "not equals" -> NOT_EQUALS;
            case "in" -> IN;
            case "not in" -> NOT_IN;
            default ->
                throw ServiceNowException.badInput(
                        where, "has the unknown operator " + OneLine.quoted(text) + ": use =, !=, in or not in.");
        };
    }

    /** Whether the condition holds when the bare comparison does not. */
    boolean isNegated() {
        return negated;
    }

    /** Whether several values may be wanted. */
    boolean takesList() {
        return list;
    }

    /** The operator as it is written. */
    @Override
    public String toString() {
        return sign;
    }
}
