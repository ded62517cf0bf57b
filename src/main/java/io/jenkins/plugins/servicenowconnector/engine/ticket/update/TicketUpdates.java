package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSearch;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Changes tickets: reads them first, refuses as a whole before it writes, then writes one after the other.
 *
 * <p>A good run costs one request for reading, and one for each ticket that does not hold the values already. It waits for
 * nothing itself; whoever has time left runs it again with {@link TicketUpdate#after}, for the tickets that the first run found.
 */
public final class TicketUpdates {

    private final Instance instance;

    public TicketUpdates(Instance instance) {
        this.instance = instance;
    }

    /**
     * Changes tickets.
     *
     * @param update what to change in which tickets; without a field they are only read, for those who add affected items
     * @param each is told what became of each ticket, as soon as that is known
     * @param isTimeUp asked before each write but the first
     * @return what became of all of them; none for a query that finds none
     * @throws ServiceNowException if this run wrote nothing: the tickets cannot be read; or, in a first run, there are more than
     *     the limit allows, or a field that the query names does not exist
     */
    public Updated run(TicketUpdate update, Consumer<UpdateOutcome> each, BooleanSupplier isTimeUp)
            throws ServiceNowException, InterruptedException {
        Map<String, String> values = update.comparable();
        NeverWritten.checkTable("ticketType", update.selection().table());
        NeverWritten.checkFields("fields", values.keySet());
        Set<String> fields = TicketFields.usualAnd(values.keySet());
        fields.add(TicketFields.CLASS);
        TicketWriter writer = new TicketWriter(instance, values, update.journals(), update.isNoteWanted());
        WriteLoop loop = new WriteLoop(writer, isTimeUp);
        if (update.earlier().isEmpty()) {
            List<Ticket> tickets = find(update.selection(), fields);
            return new Updated(writeAll(tickets, loop, each));
        }
        return new Updated(writeRest(update, readAgain(update, fields), loop, each));
    }

    private List<Ticket> find(TicketSelection selection, Set<String> fields)
            throws ServiceNowException, InterruptedException {
        List<Ticket> tickets = new TicketSearch(instance).find(selection, fields);
        if (tickets.size() > selection.limit()) {
            throw new ServiceNowException(
                    Kind.AMBIGUOUS,
                    "More tickets of " + selection.table() + " than the limit of " + selection.limit() + " match "
                            + selection + ", so nothing was changed; narrow the query, or raise the limit.",
                    Facts.NONE);
        }
        for (Ticket ticket : tickets) {
            NeverWritten.checkTable("ticketType", ticket.value(TicketFields.CLASS));
        }
        if (tickets.isEmpty() && !selection.equal().isEmpty()) {
            checkChange(selection);
        }
        return tickets;
    }

    /** A change without tasks is one thing, a number that no change has another. */
    private void checkChange(TicketSelection tasks) throws ServiceNowException, InterruptedException {
        String number = tasks.equal().get("change_request.number");
        new Tickets(instance).get("change_request", TicketKey.number("changeTasksOf", number), List.of());
    }

    private static List<UpdateOutcome> writeAll(List<Ticket> tickets, WriteLoop loop, Consumer<UpdateOutcome> each)
            throws InterruptedException {
        List<UpdateOutcome> outcomes = new ArrayList<>();
        for (Ticket ticket : tickets) {
            UpdateOutcome outcome = loop.next(ticket, false);
            outcomes.add(outcome);
            each.accept(outcome);
        }
        return outcomes;
    }

    /**
     * The tickets that an earlier run found and that a second try may help, by sys_id. The selection is not asked again: a ticket that was
     * written without an answer may no longer match it, and others may match it now.
     */
    private Map<String, Reading> readAgain(TicketUpdate update, Set<String> fields)
            throws ServiceNowException, InterruptedException {
        Map<TicketKey, String> open = new LinkedHashMap<>();
        for (UpdateOutcome earlier : update.earlier().values()) {
            if (earlier.isPassing()) {
                String sysId = earlier.ticket().sysId();
                open.put(TicketKey.sysId("sysId", sysId), sysId);
            }
        }
        Map<String, Reading> readings = new HashMap<>();
        new TicketReader(instance)
                .look(update.selection().table(), open.keySet(), fields)
                .forEach((key, reading) -> readings.put(open.get(key), reading));
        for (Reading reading : readings.values()) {
            if (reading.ticket() != null) {
                NeverWritten.checkTable("ticketType", reading.ticket().value(TicketFields.CLASS));
            } else if (reading.failure().isPassing()) {
                throw reading.failure();
            }
        }
        return readings;
    }

    private static List<UpdateOutcome> writeRest(
            TicketUpdate update, Map<String, Reading> now, WriteLoop loop, Consumer<UpdateOutcome> each)
            throws InterruptedException {
        List<UpdateOutcome> outcomes = new ArrayList<>();
        for (UpdateOutcome earlier : update.earlier().values()) {
            Reading reading = now.get(earlier.ticket().sysId());
            if (reading == null) {
                outcomes.add(earlier);
                continue;
            }
            UpdateOutcome outcome = reading.ticket() == null
                    ? earlier.unreadable(reading.failure())
                    : earlier.followedBy(loop.next(reading.ticket(), earlier.noteInDoubt()));
            outcomes.add(outcome);
            each.accept(outcome);
        }
        return outcomes;
    }
}
