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

    /** Records whose field has exactly this value. */
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

    /** Both conditions. */
    public EncodedQuery and(EncodedQuery other) {
        return new EncodedQuery(text + "^" + other.text);
    }

    /**
     * A {@code ^} is doubled (servicenow-rest §1.5; that REST queries honour it is unproven, so callers compare what comes
     * back); what ServiceNow would run as a script is refused.
     */
    private static String escape(String field, String value) throws ServiceNowException {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw ServiceNowException.badInput(field, "must not hold line breaks or control characters.");
        }
        if (value.trim().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            throw ServiceNowException.badInput(field, "must not begin with 'javascript:', ServiceNow would run it.");
        }
        return value.replace("^", "^^");
    }
}
