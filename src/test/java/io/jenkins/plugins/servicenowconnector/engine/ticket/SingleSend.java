package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;

/** Creates a ticket with one request and looks for nothing: for tests that need a ticket, or the plain meaning of an answer. */
public final class SingleSend {

    private SingleSend() {}

    /**
     * Sends once.
     *
     * @param correlationId the correlation, unless the order has one
     */
    public static Created create(Instance instance, NewTicket order, String correlationId)
            throws ServiceNowException, InterruptedException {
        NewTicket marked =
                order.withDefault("correlation_id", correlationId).withDefault("correlation_display", "Jenkins");
        try {
            Row row = new TableApi(instance)
                    .create(
                            order.table(),
                            marked.values(),
                            TicketFields.usualAnd(marked.values().keySet()));
            return Created.of(order, row);
        } catch (ServiceNowException e) {
            if (!Doubt.remains(e)) {
                throw e;
            }
            String query = "correlation_id=" + marked.values().get("correlation_id");
            throw Doubt.unknown(e, order.table(), query);
        }
    }
}
