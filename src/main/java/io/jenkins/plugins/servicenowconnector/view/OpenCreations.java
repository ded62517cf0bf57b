package io.jenkins.plugins.servicenowconnector.view;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.LeftCreation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks once for the tickets of a build that has ended without knowing whether it created them; it sends nothing again.
 *
 * <p>What keeps it from looking now is waited for: after a crash, agents come back later than builds are loaded.
 */
final class OpenCreations {

    private static final Logger LOGGER = Logger.getLogger(OpenCreations.class.getName());

    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** The first pause after a look that failed, in seconds; each is twice as long as the one before, up to the longest. */
    private static final long FIRST_PAUSE = 2;

    private static final long LONGEST_PAUSE = 60;

    private final Run<?, ?> run;
    private final Instant end = Instant.now().plus(LONGEST);

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
                CallThreads.get().run(lane(open), () -> settle(tickets, open, FIRST_PAUSE));
            }
        }
    }

    private CallLane lane(OpenCreation open) {
        return ConnectorLane.STEPS.of(open.connector(), run.getParent());
    }

    private void settle(BuildTickets tickets, OpenCreation open, long pause) {
        if (run.getParent().getBuildByNumber(run.getNumber()) == null) {
            // deleted in the meantime
            return;
        }
        try {
            tickets.answer(open, look(tickets, open));
        } catch (ServiceNowException e) {
            afterFailure(tickets, open, pause, e);
        } catch (InterruptedException e) {
            // Jenkins is going down: the build is asked again when it is loaded
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "what became of a ticket of " + run + " could not be noted");
        }
    }

    private void afterFailure(BuildTickets tickets, OpenCreation open, long pause, ServiceNowException failure) {
        if (failure.isPassing() && Instant.now().isBefore(end)) {
            open.troubled(Messages.OpenCreations_again(failure.getMessage()));
            long next = Math.min(pause * 2, LONGEST_PAUSE);
            CallThreads.get().runLater(lane(open), () -> settle(tickets, open, next), pause, TimeUnit.SECONDS);
            return;
        }
        try {
            tickets.answer(open, failure.getMessage());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "why a ticket of " + run + " was not found could not be noted");
        }
    }

    private String look(BuildTickets tickets, OpenCreation open)
            throws ServiceNowException, IOException, InterruptedException {
        ConnectorUse use = ConnectorUse.by(run.getParent()).on(open.state().table(), Operation.READ);
        OpenConnector connector = Connectors.open(open.connector(), use, null);
        Ticket found = LeftCreation.lookFor(connector.instance(), open.state());
        if (found == null) {
            return Messages.OpenCreations_none(open.state().table());
        }
        BuildTicket ticket = BuildTicket.of(connector.reference(), found, connector.link(), BuildTicket.Role.CREATED);
        tickets.add(ticket);
        return Messages.OpenCreations_found(ticket.getName());
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
