package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A ticket that was just created.
 *
 * @param ticket the ticket as ServiceNow stored it
 * @param report what became of the fields that were sent
 */
public record Created(Ticket ticket, WriteReport report) {

    /** What was created, from the row that came back. */
    public static Created of(NewTicket order, Row row) throws ServiceNowException {
        WriteReport report = WriteReport.afterCreate(order.values(), row.fields(), row.ignored());
        return new Created(Ticket.of(order.table(), row), report);
    }

    /**
     * What was created before, from its row as it is now.
     *
     * @param notTaken the fields that were not taken then, and are judged once more; nothing is said of the others
     */
    public static Created before(NewTicket order, Row row, List<String> notTaken) throws ServiceNowException {
        Map<String, String> sent = new LinkedHashMap<>(order.values());
        sent.keySet().retainAll(notTaken);
        // nobody can see whether a journal has it by now
        Set<String> journals =
                sent.keySet().stream().filter(TicketFields::isJournal).collect(Collectors.toSet());
        return new Created(Ticket.of(order.table(), row), WriteReport.afterCreate(sent, row.fields(), journals));
    }

    /** The names of the fields that were not taken. */
    public List<String> notTaken() {
        return report.notTaken();
    }
}
