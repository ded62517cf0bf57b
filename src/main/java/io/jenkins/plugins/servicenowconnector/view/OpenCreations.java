package io.jenkins.plugins.servicenowconnector.view;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateOnce;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks once for the tickets of a build that has ended without knowing whether it created them; it sends nothing again. */
final class OpenCreations {

    private static final Logger LOGGER = Logger.getLogger(OpenCreations.class.getName());

    private final Run<?, ?> run;

    OpenCreations(Run<?, ?> run) {
        this.run = run;
    }

    /** Has each looked for, and what was found noted; nothing is done for a build that goes on. */
    void settle() {
        BuildTickets tickets = run.getAction(BuildTickets.class);
        if (tickets == null || run.isBuilding()) {
            return;
        }
        for (OpenCreation open : tickets.getOpen()) {
            if (open.getAnswer() == null) {
                CallThreads.get()
                        .run(ConnectorLane.STEPS.of(open.connector(), run.getParent()), () -> settle(tickets, open));
            }
        }
    }

    private void settle(BuildTickets tickets, OpenCreation open) {
        try {
            tickets.answer(open, look(tickets, open));
        } catch (InterruptedException e) {
            // Jenkins is going down: the build is asked again when it is loaded
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "what became of a ticket of " + run + " could not be noted");
        }
    }

    private String look(BuildTickets tickets, OpenCreation open) throws IOException, InterruptedException {
        try {
            ConnectorUse use = ConnectorUse.by(run.getParent()).on(open.state().table(), Operation.READ);
            OpenConnector connector = Connectors.open(open.connector(), use, null);
            Ticket found = CreateOnce.lookFor(connector.instance(), open.state());
            if (found == null) {
                return Messages.OpenCreations_none(open.state().table());
            }
            BuildTicket ticket =
                    BuildTicket.of(connector.reference(), found, connector.link(), BuildTicket.Role.CREATED);
            tickets.add(ticket);
            return Messages.OpenCreations_found(ticket.getName());
        } catch (ServiceNowException e) {
            return e.getMessage();
        }
    }

    /** Looks when a build ends. */
    @Extension
    public static class AtTheEnd extends RunListener<Run<?, ?>> {

        @Override
        public void onFinalized(Run<?, ?> run) {
            BuildTickets tickets = run.getAction(BuildTickets.class);
            if (tickets != null && !tickets.getOpen().isEmpty()) {
                new OpenCreations(run).settle();
            }
        }
    }
}
