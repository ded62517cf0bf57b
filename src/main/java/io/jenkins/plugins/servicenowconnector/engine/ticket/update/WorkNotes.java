package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells tickets something in a work note and changes nothing else; one request for each ticket. */
public final class WorkNotes {

    private static final String WORK_NOTES = "work_notes";

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
        TicketWriter writer =
                new TicketWriter(instance, Map.of(), Map.of(WORK_NOTES, FieldInput.withoutCode(cut(text))), Set.of());
        List<UpdateOutcome> outcomes = new ArrayList<>();
        ServiceNowException stop = null;
        for (Ticket ticket : tickets) {
            UpdateOutcome outcome = stop == null ? writer.write(ticket, false) : UpdateOutcome.notTried(ticket, stop);
            boolean isLast = outcome.failure() != null && TicketUpdates.concernsAll(outcome.failure());
            stop = isLast ? outcome.failure() : stop;
            outcomes.add(outcome);
        }
        return new Updated(outcomes);
    }

    private static String cut(String text) {
        int longest = DeploymentReport.LONGEST;
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
