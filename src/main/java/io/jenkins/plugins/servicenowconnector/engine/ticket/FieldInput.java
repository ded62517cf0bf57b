package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns the fields that a user gives into the texts that ServiceNow stores, or refuses them by name. */
public final class FieldInput {

    private static final Pattern CODE = Pattern.compile("\\[(/?code)]", Pattern.CASE_INSENSITIVE);

    private FieldInput() {}

    /**
     * @param parameter the name of the parameter that holds the fields
     * @param fields names with texts, numbers, booleans or lists of these; an empty text clears the field
     */
    public static Map<String, String> read(String parameter, Map<String, ?> fields) throws ServiceNowException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, ?> field : fields.entrySet()) {
            String name = Syntax.field(parameter, field.getKey());
            String text = text(parameter + "." + name, field.getValue());
            values.put(name, TicketFields.isJournal(name) ? withoutCode(text) : text);
        }
        return values;
    }

    private static String text(String name, Object value) throws ServiceNowException {
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            for (Object each : list) {
                parts.add(single(name, each));
            }
            return String.join(",", parts);
        }
        return single(name, value);
    }

    /**
     * One value as text.
     *
     * @param name what an error calls it
     * @param value a text, a number or a boolean; anything else is refused
     */
    public static String single(String name, Object value) throws ServiceNowException {
        if (value == null) {
            throw ServiceNowException.badInput(name, "must not be null; give '' to clear the field.");
        }
        if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean)) {
            throw ServiceNowException.badInput(
                    name,
                    "must be a text, a number, true or false, or a list of these, not a "
                            + value.getClass().getSimpleName() + ".");
        }
        String text = value.toString();
        if (text.trim().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
            throw ServiceNowException.badInput(name, "must not begin with 'javascript:', ServiceNow would run it.");
        }
        return text;
    }

    /**
     * Adds what Jenkins says about itself to the fields of a write, behind a note of the user's own.
     *
     * @param note null or blank for none
     */
    public static Map<String, String> withWorkNote(Map<String, String> fields, String note) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (note != null && !note.isBlank()) {
            all.merge(
                    "work_notes",
                    withoutCode(note.strip()),
                    (own, ours) -> own.isBlank() ? ours : own.stripTrailing() + "\n\n" + ours);
        }
        return all;
    }

    /** Between [code] and [/code] a journal shows HTML, which text from a build must never become (servicenow-rest §1.7). */
    public static String withoutCode(String text) {
        return CODE.matcher(text).replaceAll("($1)");
    }
}
