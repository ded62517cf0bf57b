package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.Cancellation;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Cancels a change whose deployment is not run, so that it does not stay with its approvers; again until ServiceNow answers.
 *
 * <p>The build may be over meanwhile: what becomes of it stands in Jenkins' own log as well. No thread is held between attempts.
 */
final class Canceling {

    private static final Logger LOGGER = Logger.getLogger(Canceling.class.getName());

    private final Run<?, ?> run;
    private final LeftChanges left;
    private final LeftChange change;
    private final Consumer<String> console;
    private boolean toldTrouble;

    Canceling(Run<?, ?> run, LeftChanges left, LeftChange change, Consumer<String> console) {
        this.run = run;
        this.left = left;
        this.change = change;
        this.console = console;
    }

    /** Tries it, on a thread that may wait. */
    void attempt() {
        try {
            cancel();
        } catch (ServiceNowException e) {
            Instant now = Instant.now();
            Instant again = e.isPassing() ? change.again(now) : null;
            if (again == null) {
                giveUp(Messages.Canceling_stays(change.name(), e.getMessage()));
                return;
            }
            tellTrouble(Messages.Canceling_later(
                    change.name(), change.end().truncatedTo(ChronoUnit.MINUTES), e.getMessage()));
            CallThreads.get()
                    .runLater(
                            ConnectorLane.LEFT.of(change.target().connector(), run.getParent()),
                            this::attempt,
                            Duration.between(now, again).toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Jenkins is going down: the build carries it over
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() throws ServiceNowException, InterruptedException {
        ConnectorUse use = ConnectorUse.by(run.getParent())
                .on(LeftChange.TABLE, Operation.READ, Operation.UPDATE)
                .from(change.target().label());
        OpenConnector connector = Connectors.open(change.target().connector(), use, run);
        UpdateOutcome outcome = new Cancellation(connector.instance()).cancel(change.sysId(), workNote());
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        String state = outcome.ticket().displayValue("state");
        if (outcome.state() == UpdateOutcome.State.UNCHANGED) {
            tell(change.name() + " is left as it is: its state is " + state + ".");
        } else if (!outcome.ticket().value("state").equals(Cancellation.CANCELED)) {
            tell(change.name() + " was not canceled: ServiceNow kept its state " + state + ".");
            // the page may have to do without the state
            giveUpQuietly(Messages.Canceling_kept(change.name()));
            return;
        } else {
            note(BuildTicket.of(connector.reference(), outcome.ticket(), connector.link(), BuildTicket.Role.CHANGED));
            tell("Canceled " + change.name() + ", because this build does not go on.");
        }
        left.done(change);
    }

    private String workNote() {
        return TicketRun.workNote(run) + "\nCanceled, because its deployment is not run: " + change.reason();
    }

    /** For the build's page, if that shows the state of the change anyway. */
    private void note(BuildTicket canceled) {
        BuildTickets tickets = run.getAction(BuildTickets.class);
        boolean isShown = tickets != null
                && tickets.getTickets().stream()
                        .anyMatch(each -> each.getSysId().equals(change.sysId())
                                && !each.getState().isEmpty());
        try {
            if (isShown) {
                tickets.add(canceled);
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> run.getFullDisplayName() + " could not note that it canceled " + change.name());
        }
    }

    private void giveUp(String sentence) {
        tell(sentence);
        giveUpQuietly(sentence);
    }

    private void giveUpQuietly(String sentence) {
        change.giveUp(sentence);
        left.save();
    }

    /** Once in each life of Jenkins; the build's page always has the latest. */
    private void tellTrouble(String sentence) {
        change.isInTrouble(sentence);
        if (!toldTrouble) {
            toldTrouble = true;
            tell(sentence);
            left.save();
        }
    }

    private void tell(String line) {
        console.accept(line);
        LOGGER.log(Level.INFO, () -> run.getFullDisplayName() + ": " + line);
    }
}
