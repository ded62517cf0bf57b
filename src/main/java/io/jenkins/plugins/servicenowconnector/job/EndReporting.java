package io.jenkins.plugins.servicenowconnector.job;

import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowReportStep;
import io.jenkins.plugins.servicenowconnector.step.TicketRun;
import io.jenkins.plugins.servicenowconnector.step.TicketTurns;
import io.jenkins.plugins.servicenowconnector.step.Turn;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Tells the tickets of a build that is over how it went, connector by connector, as the step does. */
final class EndReporting {

    private static final Logger LOGGER = Logger.getLogger(EndReporting.class.getName());

    /** So long an agent, or a rate limit, is waited for. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final String PLACE = "report at the end";

    private final Run<?, ?> run;
    private final EndReport report;
    private final Deque<Origin> connectors = new ArrayDeque<>();
    private final Instant deadline = Instant.now().plus(PATIENCE);

    private TicketTurns turns;

    /**
     * Where tickets come from.
     *
     * @param connector what leads from the place to the connector
     * @param folder the full name of the place, if that is a folder that sets a gate; empty for the job
     */
    private record Origin(String connector, String folder) {

        static Origin of(BuildTicket ticket) {
            return new Origin(ticket.getConnector(), ticket.getPlace());
        }

        /** From where upwards the connector is looked for; null if that is gone. */
        Item place(Run<?, ?> run) {
            return folder.isEmpty() ? run.getParent() : Jenkins.get().getItemByFullName(folder);
        }

        /** The same. */
        Item found(Run<?, ?> run) throws ServiceNowException {
            Item place = place(run);
            if (place == null) {
                throw ServiceNowException.badInput(
                        "connector",
                        "'" + connector + "' is that of the folder '" + folder + "', which is not there any more.");
            }
            return place;
        }
    }

    EndReporting(Run<?, ?> run, EndReport report) {
        this.run = run;
        this.report = report;
        BuildTickets.of(run).getTickets().stream()
                .filter(ticket -> ticket.getRole() != BuildTicket.Role.CHANGED)
                .map(Origin::of)
                .distinct()
                .forEach(connectors::add);
    }

    /** Begins, unless it has been begun before. */
    void beginInBackground() {
        CallThreads.get().run(lane(), this::begin);
    }

    /** That of the connector that is told next. */
    private CallLane lane() {
        Origin next = connectors.peek();
        return next == null
                ? ConnectorLane.STEPS.of(null, run.getParent())
                : ConnectorLane.STEPS.of(next.connector(), next.place(run), run.getParent());
    }

    private void begin() {
        if (report.begin()) {
            go();
        }
    }

    private void go() {
        while (!connectors.isEmpty()) {
            try {
                if (turn() instanceof Turn.Later later) {
                    long delay = Duration.between(Instant.now(), later.at()).toMillis();
                    CallThreads.get().runLater(lane(), this::go, Math.max(delay, 0), TimeUnit.MILLISECONDS);
                    return;
                }
                next();
            } catch (InterruptedException e) {
                // Jenkins is going down, and says so when it is back
                Thread.currentThread().interrupt();
                return;
            } catch (ServiceNowException e) {
                failed(e.getMessage(), e);
            } catch (IOException | RuntimeException e) {
                failed(e.toString(), e);
            }
        }
        report.end();
    }

    private Turn turn() throws ServiceNowException, IOException, InterruptedException {
        if (turns == null) {
            ServiceNowReportStep step = new ServiceNowReportStep();
            Origin next = connectors.element();
            step.setConnector(next.connector());
            step.only(ticket -> Origin.of(ticket).equals(next), next.found(run));
            TicketRun tickets =
                    new TicketRun(run, report::line, null, null, () -> new StepKey(PLACE), PLACE, () -> deadline);
            turns = new TicketTurns(step, tickets);
        }
        return turns.next();
    }

    private void next() {
        connectors.remove();
        turns = null;
    }

    private void failed(String sentence, Exception failure) {
        LOGGER.log(
                Level.WARNING,
                failure,
                () -> "not every ticket of " + run + " was told how it went, through the connector "
                        + connectors.element().connector());
        report.line(sentence);
        next();
    }
}
