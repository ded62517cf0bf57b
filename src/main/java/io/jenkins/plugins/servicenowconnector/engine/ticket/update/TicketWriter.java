package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.WriteReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Writes what differs to one ticket.
 *
 * <p>It waits for nothing. Where an answer is lost, it reads the ticket once, at once, and sends what still differs once more;
 * what a journal got is never sent a second time.
 */
final class TicketWriter {

    private final TableApi tables;
    private final Map<String, String> values;
    private final Map<String, String> journals;
    private final boolean isNoteWanted;
    private final Set<String> shown;

    /**
     * @param values the fields that change; no journals
     * @param journals what is appended to journals, if anything is sent
     * @param isNoteWanted whether what is appended is a reason to write, although all fields hold their values
     */
    TicketWriter(Instance instance, Map<String, String> values, Map<String, String> journals, boolean isNoteWanted) {
        tables = new TableApi(instance);
        this.values = values;
        this.journals = journals;
        this.isNoteWanted = isNoteWanted;
        shown = TicketFields.usualAnd(values.keySet());
    }

    /**
     * Writes to one ticket.
     *
     * @param before the ticket as it was read; fields that it lacks are sent
     * @param noteInDoubt whether its journals may have got their entries in an earlier run: then they get none
     */
    UpdateOutcome write(Ticket before, boolean noteInDoubt) throws InterruptedException {
        Map<String, String> open = differing(values, before);
        Map<String, String> notes = noteInDoubt ? Map.of() : journals;
        boolean isNoteOnly = isNoteWanted && open.isEmpty() && !notes.isEmpty();
        if (open.isEmpty() && !isNoteOnly) {
            return UpdateOutcome.unchanged(before);
        }
        Map<String, String> sent = new LinkedHashMap<>(open);
        sent.putAll(notes);
        try {
            return send(before, open, sent, noteInDoubt);
        } catch (ServiceNowException e) {
            if (!Doubt.remains(e)) {
                return UpdateOutcome.failed(before, e, noteInDoubt);
            }
            return isNoteOnly ? UpdateOutcome.unknown(before, e) : afterDoubt(before, open, e, noteInDoubt);
        }
    }

    private UpdateOutcome afterDoubt(
            Ticket before, Map<String, String> open, ServiceNowException doubt, boolean noteInDoubt)
            throws InterruptedException {
        boolean hasNote = noteInDoubt || !journals.isEmpty();
        Ticket now;
        try {
            now = same(
                    before,
                    tables.get(before.table(), before.sysId(), shown).rows().get(0));
        } catch (ServiceNowException unreadable) {
            return UpdateOutcome.failed(before, doubt, hasNote);
        }
        Map<String, String> rest = differing(open, now);
        // a write is stored as a whole: one value that is there now shows that the note is, too
        boolean isNoteLost = noteInDoubt || hasNote && rest.size() == open.size();
        if (rest.isEmpty()) {
            return UpdateOutcome.updated(now, report(open, before, now, Set.of()), isNoteLost);
        }
        try {
            return send(before, open, rest, isNoteLost);
        } catch (ServiceNowException again) {
            // a note that is there is not sent again either
            return UpdateOutcome.failed(now, again, hasNote);
        }
    }

    /**
     * @param open the fields that did not hold their values before
     * @param sent those of them that do not hold them now, and entries of journals
     */
    private UpdateOutcome send(Ticket before, Map<String, String> open, Map<String, String> sent, boolean noteInDoubt)
            throws ServiceNowException, InterruptedException {
        Row row = tables.update(before.table(), before.sysId(), sent, shown);
        Ticket after = same(before, row);
        return UpdateOutcome.updated(after, report(open, before, after, row.ignored()), noteInDoubt);
    }

    /** An answer about another ticket says nothing about this one. */
    private static Ticket same(Ticket asked, Row row) throws ServiceNowException {
        Ticket answered = Ticket.of(asked.table(), row);
        if (!answered.sysId().equals(asked.sysId())) {
            throw new ServiceNowException(
                    Kind.PROTOCOL, "The answer is about another ticket than " + asked.number() + ".", Facts.NONE);
        }
        return answered;
    }

    private static Map<String, String> differing(Map<String, String> wanted, Ticket ticket) {
        Map<String, String> differing = new LinkedHashMap<>(wanted);
        differing.keySet().retainAll(report(wanted, ticket, ticket, Set.of()).differing());
        return differing;
    }

    private static WriteReport report(Map<String, String> sent, Ticket before, Ticket after, Set<String> ignored) {
        return WriteReport.afterUpdate(sent, before.fields(), after.fields(), ignored);
    }
}
