package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change of one ticket or several, checked.
 *
 * @param selection which tickets
 * @param values the fields that change, by name, as ServiceNow stores them
 * @param workNote what Jenkins says about itself in each ticket that is changed; null or blank for nothing
 * @param earlier what earlier runs made of tickets, by sys_id, in the order in which they were found; empty for a first run
 */
public record TicketUpdate(
        TicketSelection selection, Map<String, String> values, String workNote, Map<String, UpdateOutcome> earlier) {

    public TicketUpdate {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        earlier = Collections.unmodifiableMap(new LinkedHashMap<>(earlier));
    }

    /**
     * Checks what a user gives.
     *
     * @param selection which tickets, made by {@link SelectionInput#toUpdate}
     * @param fields names with texts, numbers, booleans or lists of these, such as the values of what was looked up; an empty text
     *     clears the field, an entry for a journal goes to every ticket, also to one that holds the other values already
     * @throws ServiceNowException with the parameter's name, before anything is sent
     */
    public static TicketUpdate of(TicketSelection selection, Map<String, ?> fields) throws ServiceNowException {
        Map<String, String> values = FieldInput.read("fields", fields);
        NeverWritten.checkFields("fields", values.keySet());
        return new TicketUpdate(selection, values, null, Map.of());
    }

    /** The same change with a work note in each ticket that is changed, if they have any; a blank one or null is none. */
    public TicketUpdate withWorkNote(String text) {
        String note = TicketFields.hasWorkNotes(selection.table()) ? text : null;
        return new TicketUpdate(selection, values, note, earlier);
    }

    /** The same change as a second run after an earlier one: what that one finished, or what was refused for good, is left; what it noted is not noted twice. */
    public TicketUpdate after(Updated run) {
        Map<String, UpdateOutcome> known = new LinkedHashMap<>(earlier);
        run.outcomes().forEach(each -> known.put(each.ticket().sysId(), each));
        return new TicketUpdate(selection, values, workNote, known);
    }

    /** The fields that can be compared with what a ticket holds. */
    Map<String, String> comparable() {
        Map<String, String> comparable = new LinkedHashMap<>(values);
        comparable.keySet().removeIf(TicketFields::isJournal);
        return comparable;
    }

    /** What is appended to journals: the user's entries, and Jenkins' own. */
    Map<String, String> journals() {
        return FieldInput.withWorkNote(entries(), workNote);
    }

    /** Whether an entry goes to tickets whose fields hold their values already: Jenkins names itself only where it changes something. */
    boolean isNoteWanted() {
        return !entries().isEmpty() || comparable().isEmpty();
    }

    private Map<String, String> entries() {
        Map<String, String> journals = new LinkedHashMap<>(values);
        journals.keySet().removeIf(field -> !TicketFields.isJournal(field));
        journals.values().removeIf(String::isBlank);
        return journals;
    }
}
