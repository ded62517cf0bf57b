package io.jenkins.plugins.servicenowconnector.engine.approval;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The time between two date-time fields of a ticket, in which work may go on: start inclusive, end exclusive.
 *
 * @param parameter what the user calls it, for errors
 * @param start the field with the start; null means open
 * @param end the field with the end; null means open; both null means that there is no window
 * @param blankIsOpen whether a blank field leaves its side open; else it is an error
 */
public record ChangeWindow(
        String parameter,
        @CheckForNull String start,
        @CheckForNull String end,
        boolean blankIsOpen) implements Serializable {

    private static final Map<String, ChangeWindow> PLANNED = Map.of(
            "change_request", new ChangeWindow("changeWindow", "start_date", "end_date", false),
            "change_task", new ChangeWindow("changeWindow", "planned_start_date", "planned_end_date", false));

    /**
     * Reads a window from what a user gave.
     *
     * @param parameter what the user calls it
     * @param ticketType the table, for {@code planned}
     * @param start a field's name; null or blank if open
     * @param end a field's name; null or blank if open
     * @param kind {@code planned} for the planned dates of the type, {@code none} for no window at all; null or blank if
     *     fields are named
     * @throws ServiceNowException bad input
     */
    public static ChangeWindow parse(String parameter, String ticketType, String start, String end, String kind)
            throws ServiceNowException {
        String from = field(parameter + " start", start);
        String to = field(parameter + " end", end);
        boolean named = from != null || to != null;
        if (kind == null || kind.isBlank()) {
            if (!named) {
                throw ServiceNowException.badInput(
                        parameter, "names no field: give start, end, or kind: 'planned' or 'none'.");
            }
            return new ChangeWindow(parameter, from, to, false);
        }
        if (named) {
            throw ServiceNowException.badInput(parameter, "has a kind as well as fields: give one of them.");
        }
        return ofKind(parameter, ticketType, kind);
    }

    private static ChangeWindow ofKind(String parameter, String ticketType, String kind) throws ServiceNowException {
        return switch (kind.strip()) {
            case "none" -> new ChangeWindow(parameter, null, null, true);
            case "planned" -> planned(parameter, ticketType);
            default ->
                throw ServiceNowException.badInput(
                        parameter, "has the unknown kind " + OneLine.quoted(kind) + ": use planned or none.");
        };
    }

    private static ChangeWindow planned(String parameter, String ticketType) throws ServiceNowException {
        ChangeWindow known = PLANNED.get(ticketType);
        if (known == null) {
            throw ServiceNowException.badInput(
                    parameter,
                    "cannot be planned for " + ticketType + ", which has no planned dates of its own: name the "
                            + "fields, such as [start: 'u_start', end: 'u_end'].");
        }
        return new ChangeWindow(parameter, known.start, known.end, false);
    }

    private static String field(String where, String name) throws ServiceNowException {
        if (name == null || name.isBlank()) {
            return null;
        }
        FieldName field = FieldName.parse(where, name);
        if (field.kind() == FieldName.Kind.DISPLAY_VALUE) {
            // display values depend on the format and time zone of the connector's user
            throw ServiceNowException.badInput(where, "is a display value; a window is read from stored values.");
        }
        return field.name();
    }

    /** Whether there is no window, so that any time will do. */
    public boolean isNone() {
        return start == null && end == null;
    }

    /** The fields to ask ServiceNow for. */
    public Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        if (start != null) {
            fields.add(start);
        }
        if (end != null) {
            fields.add(end);
        }
        return fields;
    }

    /**
     * Where a moment stands to the window as the ticket has it now.
     *
     * @throws ServiceNowException not found, if a field is missing in the answer, blank, or no date
     */
    public Standing at(Ticket ticket, Instant now) throws ServiceNowException {
        RawTime from = read(ticket, start);
        RawTime to = read(ticket, end);
        return Standing.of(from == null ? null : from.from(), to == null ? null : to.until(), now);
    }

    private RawTime read(Ticket ticket, @CheckForNull String field) throws ServiceNowException {
        if (field == null) {
            return null;
        }
        Criteria.require(parameter, ticket, field);
        String text = ticket.value(field);
        if (text.isBlank()) {
            if (blankIsOpen) {
                return null;
            }
            throw failure(field + " of " + Judge.name(ticket) + " is blank; it must be filled before work may go on.");
        }
        return RawTime.parse(text)
                .orElseThrow(() -> failure(field + " of " + Judge.name(ticket) + " holds " + OneLine.quoted(text)
                        + ", which is no date-time of ServiceNow (yyyy-MM-dd HH:mm:ss)."));
    }

    private ServiceNowException failure(String sentence) {
        return new ServiceNowException(
                ServiceNowException.Kind.NOT_FOUND, parameter + " cannot be read: " + sentence, Facts.NONE);
    }

    /** The window on one line, for a log. */
    public String describe() {
        if (isNone()) {
            return "none";
        }
        String from = start == null ? "" : "from " + start;
        String to = end == null ? "" : "until " + end;
        return (from + " " + to).strip() + (blankIsOpen ? ", where filled" : "");
    }
}
