package io.jenkins.plugins.servicenowconnector.job;

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

/** Tells the tickets of a build that is over how it went, connector by connector, as the step does. */
final class EndReporting {

    private static final Logger LOGGER = Logger.getLogger(EndReporting.class.getName());

    /** So long an agent, or a rate limit, is waited for. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final String PLACE = "report at the end";

    private final Run<?, ?> run;
    private final EndReport report;
    private final Deque<String> connectors = new ArrayDeque<>();
    private final Instant deadline = Instant.now().plus(PATIENCE);

    private TicketTurns turns;

    EndReporting(Run<?, ?> run, EndReport report) {
        this.run = run;
        this.report = report;
        BuildTickets.of(run).getTickets().stream()
                .filter(ticket -> ticket.getRole() != BuildTicket.Role.CHANGED)
                .map(BuildTicket::getConnector)
                .distinct()
                .forEach(connectors::add);
    }

    /** Begins, unless it has been begun before. */
    void beginInBackground() {
        CallThreads.get().run(lane(), this::begin);
    }

    /** That of the connector that is told next. */
    private CallLane lane() {
        return ConnectorLane.STEPS.of(connectors.peek(), run.getParent());
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
            step.setConnector(connectors.peek());
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
                        + connectors.peek());
        report.line(sentence);
        next();
    }
}
