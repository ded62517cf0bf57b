package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A field as criteria name it: its name for ServiceNow with the kind of value that is meant.
 *
 * @param name what ServiceNow is asked for, dots and all; never a kind
 * @param kind which of the field's two values is meant
 */
record FieldName(String name, Kind kind) implements Serializable {

    /** Which of a field's two values is meant. */
    enum Kind {
        /** Either will do: the field was named bare. */
        EITHER(""),
        /** What is stored. */
        VALUE(".value"),
        /** What a person reads. */
        DISPLAY_VALUE(".displayValue");

        private final String ending;

        Kind(String ending) {
            this.ending = ending;
        }
    }

    private static final String PART = "[A-Za-z][A-Za-z0-9_]{0,79}";
    private static final Pattern NAME = Pattern.compile(PART + "(\\." + PART + ")*");

    /** Longer names would leave no room for others in the address of a request. */
    private static final int LONGEST = 255;

    /** Whether ServiceNow could have a field of this name, dot-walked or not. */
    static boolean isName(String text) {
        return text != null
                && text.length() <= LONGEST
                && !text.equals("null")
                && NAME.matcher(text).matches();
    }

    /**
     * Reads {@code state}, {@code state.value}, {@code cmdb_ci.name}, {@code cmdb_ci.name.displayValue}.
     *
     * @param where what the user calls the place, for the error
     * @throws ServiceNowException bad input, if no field can have this name
     */
    static FieldName parse(String where, String text) throws ServiceNowException {
        String trimmed = text == null ? "" : text.strip();
        if (trimmed.isEmpty()) {
            throw ServiceNowException.badInput(where, "names no field.");
        }
        if (!isName(trimmed)) {
            throw ServiceNowException.badInput(
                    where,
                    "has " + OneLine.quoted(trimmed) + " as field, which is no field's name: letters, digits and _, "
                            + "beginning with a letter, joined by dots (state, cmdb_ci.name, state.displayValue).");
        }
        // a field may itself be called "value": only what follows a dot selects a kind
        for (Kind kind : new Kind[] {Kind.VALUE, Kind.DISPLAY_VALUE}) {
            if (trimmed.endsWith(kind.ending)) {
                return new FieldName(trimmed.substring(0, trimmed.length() - kind.ending.length()), kind);
            }
        }
        return new FieldName(trimmed, Kind.EITHER);
    }

    /** What the ticket holds here. */
    FieldValue in(Ticket ticket) {
        return ticket.fields().getOrDefault(name, FieldValue.EMPTY);
    }

    /** The name as the user wrote it. */
    @Override
    public String toString() {
        return name + kind.ending;
    }
}
