package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * An encoded query that a person wrote, read far enough to know which fields it names.
 *
 * <p>ServiceNow drops a condition that it does not understand, and what is left can match every record (servicenow-rest §1.5).
 * So whatever cannot be read here is refused, and answers must show that the table has every field that the query names.
 *
 * @param query the query as it is sent
 * @param fields the fields it names, dotted ones too
 */
public record UserQuery(EncodedQuery query, Set<String> fields) {

    public UserQuery {
        fields = Collections.unmodifiableSet(new LinkedHashSet<>(fields));
    }

    /**
     * Reads a query.
     *
     * @param parameter the parameter's name, for the error
     * @throws ServiceNowException bad input, if it is blank, holds a script, or is not understood from end to end
     */
    public static UserQuery parse(String parameter, String text) throws ServiceNowException {
        String query = text == null ? "" : text.strip();
        if (query.isEmpty()) {
            throw ServiceNowException.badInput(parameter, "must not be blank: that would match every record.");
        }
        if (query.chars().anyMatch(Character::isISOControl)) {
            throw ServiceNowException.badInput(parameter, "must not hold line breaks or control characters.");
        }
        if (query.toLowerCase(Locale.ROOT).contains("javascript:")) {
            throw ServiceNowException.badInput(
                    parameter, "must not hold 'javascript:', ServiceNow would run it; give the value itself.");
        }
        if (query.contains("^^")) {
            // that ^^ stands for one ^ in REST queries is unproven (§1.5): elsewhere it would be two conditions
            throw ServiceNowException.badInput(
                    parameter, "holds '^^', which instances read in different ways; use a value without '^'.");
        }
        return new UserQuery(new EncodedQuery(query), QueryTerms.fields(parameter, query));
    }

    /**
     * Makes sure that ServiceNow did not drop a condition.
     *
     * @param table the table that was asked
     * @param rows what it answered, for a question that asked for {@link #fields} too
     * @throws ServiceNowException {@link Kind#BAD_INPUT} if a row lacks a field that the query names
     */
    public void checkAnswer(String table, Rows rows) throws ServiceNowException {
        for (Row row : rows.rows()) {
            for (String field : fields) {
                if (!row.fields().containsKey(field)) {
                    throw new ServiceNowException(
                            Kind.BAD_INPUT,
                            "The query names the field '" + field + "', which " + table + " does not have or the"
                                    + " account may not read: ServiceNow leaves such a condition out and answers with"
                                    + " other records, so nothing was done with them.",
                            Facts.NONE.from(rows.sentFrom()));
                }
            }
        }
    }
}
