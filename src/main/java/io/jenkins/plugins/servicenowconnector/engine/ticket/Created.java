package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import java.util.List;

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

    /** The names of the fields that were not taken. */
    public List<String> notTaken() {
        return report.notTaken();
    }
}
