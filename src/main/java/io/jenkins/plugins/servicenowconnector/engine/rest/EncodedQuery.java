package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.List;
import java.util.Locale;

/**
 * A query in ServiceNow's own notation, built so that no value can become part of its grammar.
 *
 * @param text the query, not yet percent-encoded
 */
public record EncodedQuery(String text) {

    /** No field that records are looked up by holds more; a longer value would make an address that is refused. */
    private static final int LONGEST = 255;

    /**
     * Records whose field has exactly this value.
     *
     * @throws ServiceNowException bad input, if the value is blank, which would match every record without one, too long, or
     *     not plain text
     */
    public static EncodedQuery where(String field, String value) throws ServiceNowException {
        return new EncodedQuery(field + "=" + escape(field, value));
    }

    /**
     * Records whose field has one of these values, which must have passed {@link Syntax}: there is no escape for a comma in a
     * list (servicenow-rest §1.5).
     */
    public static EncodedQuery in(String field, List<String> values) {
        return new EncodedQuery(field + "IN" + String.join(",", values));
    }

    /** Records whose field begins with this text. */
    public static EncodedQuery startsWith(String field, String text) throws ServiceNowException {
        return new EncodedQuery(field + "STARTSWITH" + escape(field, text));
    }

    /** One of the conditions; several alternatives in a row belong to the last condition before them (servicenow-rest §1.5). */
    public EncodedQuery or(EncodedQuery other) {
        return new EncodedQuery(text + "^OR" + other.text);
    }

    /** Both conditions. */
    public EncodedQuery and(EncodedQuery other) {
        return new EncodedQuery(text + "^" + other.text);
    }

    /**
     * A {@code ^} is doubled (servicenow-rest §1.5; that REST queries honour it is unproven, so callers compare what comes
     * back); what ServiceNow would run as a script is refused.
     */
    private static String escape(String field, String value) throws ServiceNowException {
        if (value == null || value.isBlank()) {
            throw ServiceNowException.badInput(field, "must not be blank.");
        }
        if (value.length() > LONGEST) {
            throw ServiceNowException.badInput(field, "is longer than " + LONGEST + " characters.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw ServiceNowException.badInput(field, "must not hold line breaks or control characters.");
        }
        if (value.trim().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            throw ServiceNowException.badInput(field, "must not begin with 'javascript:', ServiceNow would run it.");
        }
        return value.replace("^", "^^");
    }
}
