package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Tells tickets something in a work note and changes nothing else; one request for each ticket whose table is known. */
public final class WorkNotes {

    private static final String WORK_NOTES = "work_notes";
    private static final String TASK = "task";

    private final Instance instance;

    public WorkNotes(Instance instance) {
        this.instance = instance;
    }

    /**
     * Adds a note to each ticket. A note whose answer is lost is not sent again: it may be there.
     *
     * @param tickets as they were read or created
     * @param text such as {@link DeploymentReport#text}; what is over 4,000 characters is cut
     * @return what became of each; {@link Updated#check} counts a note in doubt as an error, a report only warns with
     *     {@link UpdateOutcome#sentence}
     */
    public Updated add(Collection<Ticket> tickets, String text) throws InterruptedException {
        return add(tickets, text, Updated.NOTHING, () -> false);
    }

    /**
     * The same as a second run: a ticket that has the note, may have it, or will never take it gets none.
     *
     * @param before what an earlier run made of the tickets; {@link Updated#NOTHING} for a first one
     * @param isTimeUp asked before each note but the first of this run
     */
    public Updated add(Collection<Ticket> tickets, String text, Updated before, BooleanSupplier isTimeUp)
            throws InterruptedException {
        Map<String, String> note = Map.of(WORK_NOTES, FieldInput.withoutCode(cut(text)));
        WriteLoop loop = new WriteLoop(new TicketWriter(instance, Map.of(), note, true), isTimeUp);
        Map<String, UpdateOutcome> known = new HashMap<>();
        before.outcomes().forEach(each -> known.put(each.ticket().sysId(), each));
        List<UpdateOutcome> outcomes = new ArrayList<>();
        for (Ticket ticket : tickets) {
            UpdateOutcome earlier = known.get(ticket.sysId());
            outcomes.add(earlier == null || earlier.isPassing() ? add(ticket, loop) : earlier);
        }
        return new Updated(outcomes);
    }

    private UpdateOutcome add(Ticket ticket, WriteLoop loop) throws InterruptedException {
        try {
            NeverWritten.checkTable("ticketType", ownTable(ticket));
        } catch (ServiceNowException e) {
            return UpdateOutcome.notTried(ticket, e, false);
        }
        return loop.next(ticket, false);
    }

    /** Through the parent of all tasks, orders and groups of approvers can be reached too; so it is read what such a ticket is. */
    private String ownTable(Ticket ticket) throws ServiceNowException, InterruptedException {
        if (!ticket.table().equals(TASK)) {
            return ticket.table();
        }
        Ticket read = ticket.has(TicketFields.CLASS)
                ? ticket
                : new Tickets(instance)
                        .get(TASK, TicketKey.sysId("sysId", ticket.sysId()), List.of(TicketFields.CLASS));
        return read.value(TicketFields.CLASS);
    }

    private static String cut(String text) {
        int longest = DeploymentReport.LONGEST;
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
