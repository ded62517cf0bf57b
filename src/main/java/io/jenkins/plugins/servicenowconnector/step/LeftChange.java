package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.Cancellation;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A change whose deployment is not run: it is canceled, so that it does not stay with its approvers.
 *
 * <p>The build may be over meanwhile: what becomes of it stands in Jenkins' own log as well.
 */
final class LeftChange {

    /** The only tickets that are canceled. */
    static final String TABLE = "change_request";

    private static final Logger LOGGER = Logger.getLogger(LeftChange.class.getName());

    private static final int TRIES = 30;

    private final Run<?, ?> run;
    private final Target target;
    private final String sysId;
    private final String name;
    private final String reason;
    private final Consumer<String> console;
    private int tries;

    /**
     * @param run the build that waited for it
     * @param target through which connector, from where
     * @param sysId its key
     * @param name what people call it
     * @param reason why the deployment is not run
     * @param console writes a line to the build's log
     */
    LeftChange(Run<?, ?> run, Target target, String sysId, String name, String reason, Consumer<String> console) {
        this.run = run;
        this.target = target;
        this.sysId = sysId;
        this.name = name;
        this.reason = reason;
        this.console = console;
    }

    /** Tries to cancel it, on a thread that may wait; if it cannot be done now, it is tried again every minute for a while. */
    void cancel() throws InterruptedException {
        tries++;
        try {
            tell(outcome());
        } catch (ServiceNowException e) {
            if (e.isPassing() && tries < TRIES) {
                if (tries == 1) {
                    tell(name + " cannot be canceled now, it is tried again for " + TRIES + " minutes: "
                            + e.getMessage());
                }
                CallThreads.get()
                        .runLater(
                                ConnectorLane.WAITS.of(target.connector(), run.getParent()),
                                this::cancelAgain,
                                1,
                                TimeUnit.MINUTES);
            } else {
                tell(name + " was not canceled and stays with its approvers: " + e.getMessage());
            }
        }
    }

    private void cancelAgain() {
        try {
            cancel();
        } catch (InterruptedException e) {
            // Jenkins is going down, and with it the attempts
            Thread.currentThread().interrupt();
        }
    }

    private String outcome() throws ServiceNowException, InterruptedException {
        ConnectorUse use = ConnectorUse.by(run.getParent())
                .on(TABLE, Operation.READ, Operation.UPDATE)
                .from(target.label());
        OpenConnector connector = Connectors.open(target.connector(), use, run);
        UpdateOutcome outcome = new Cancellation(connector.instance()).cancel(sysId, note());
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        String state = outcome.ticket().displayValue("state");
        if (outcome.state() == UpdateOutcome.State.UNCHANGED) {
            return name + " is left as it is: its state is " + state + ".";
        }
        if (!outcome.ticket().value("state").equals(Cancellation.CANCELED)) {
            return name + " was not canceled: ServiceNow kept its state " + state + ".";
        }
        note(BuildTicket.of(connector.reference(), outcome.ticket(), connector.link(), BuildTicket.Role.CHANGED));
        return "Canceled " + name + ", because this build does not go on.";
    }

    private String note() {
        return TicketRun.workNote(run) + "\nCanceled, because its deployment is not run: " + reason;
    }

    /** For the build's page, if that shows the state of the change anyway. */
    private void note(BuildTicket canceled) {
        BuildTickets tickets = run.getAction(BuildTickets.class);
        boolean isShown = tickets != null
                && tickets.getTickets().stream()
                        .anyMatch(each -> each.getSysId().equals(sysId) && !each.getState().isEmpty());
        try {
            if (isShown) {
                tickets.add(canceled);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> run.getFullDisplayName() + " could not note that it canceled " + name);
        }
    }

    private void tell(String line) {
        console.accept(line);
        LOGGER.log(Level.INFO, () -> run.getFullDisplayName() + ": " + line);
    }
}
