package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import java.util.List;

/** A creation that nobody goes on with. */
public final class LeftCreation {

    private LeftCreation() {}

    /**
     * Looks once for the ticket that may have been created.
     *
     * @param left a state that {@link CreateState#isOpen}
     * @return the ticket; null if none is there now
     */
    public static Ticket lookFor(Instance instance, CreateState left) throws ServiceNowException, InterruptedException {
        if (left.sent().isNone()) {
            throw UnknownOutcome.of(null, left);
        }
        MarkSearch search = new MarkSearch(new TableApi(instance), left.table(), TicketFields.usualAnd(List.of()));
        Row row = search.find(List.of(left.sent())).get(0);
        return row == null ? null : Ticket.of(left.table(), row);
    }
}
