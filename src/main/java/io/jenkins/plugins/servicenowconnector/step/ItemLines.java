package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.AffectedItem;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.AffectedItem.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.AffectedItems;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.ConfigurationItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Attaches affected items to a ticket and tells the log what became of each. */
final class ItemLines {

    private ItemLines() {}

    /** Gives back the names of those that are not attached. */
    static List<String> attach(OpenConnector connector, Ticket ticket, List<ConfigurationItem> items, TicketRun run)
            throws ServiceNowException, InterruptedException {
        return attach(connector, ticket, items, run::log);
    }

    /** The same for whoever has no run yet. */
    static List<String> attach(
            OpenConnector connector, Ticket ticket, List<ConfigurationItem> items, Consumer<String> log)
            throws ServiceNowException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (AffectedItem each : new AffectedItems(connector.instance()).add(ticket.sysId(), items)) {
            log.accept(each.line());
            boolean isThere = each.outcome() == Outcome.ADDED || each.outcome() == Outcome.ALREADY_THERE;
            if (!isThere) {
                missing.add(each.item().name());
            }
        }
        return missing;
    }

    /** Makes an error of items that are not attached. */
    static void check(List<String> missing) throws ServiceNowException {
        if (!missing.isEmpty()) {
            throw new ServiceNowException(
                    Kind.NOT_TAKEN,
                    "These configuration items are not attached: " + String.join(", ", missing) + ".",
                    Facts.NONE);
        }
    }
}
