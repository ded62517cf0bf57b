package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.view.BuildDecision;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A Pipeline's wait for an approval: it holds no thread, and lives through restarts. */
final class ServiceNowApprovalExecution extends ServiceNowExecution implements Waiter {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(ServiceNowApprovalExecution.class.getName());

    private final ApprovalWait wait;
    private final boolean returnOutcome;
    private transient volatile Run<?, ?> run;

    ServiceNowApprovalExecution(StepContext context, ApprovalWait wait, boolean returnOutcome) {
        super(context);
        this.wait = wait;
        this.returnOutcome = returnOutcome;
    }

    @Override
    public boolean start() {
        inBackground(() -> {
            prepare();
            ConnectorUse use = ConnectorUse.by(run().getParent())
                    .on(wait.target().table(), Operation.READ)
                    .from(wait.target().label());
            OpenConnector connector = Connectors.open(wait.target().connector(), use, run());
            console("Waiting for approval of " + wait.key() + " on " + connector.name() + ", every "
                    + DurationText.format(wait.interval()) + " until "
                    + wait.deadline().truncatedTo(ChronoUnit.SECONDS));
            wait.terms().describe().forEach(line -> console("  " + line));
            join();
        });
        return false;
    }

    @Override
    public void onResume() {
        inBackground(() -> {
            prepare();
            join();
        });
    }

    private void prepare() throws ServiceNowException, IOException, InterruptedException {
        run = run();
        // so that the build's page shows the wait
        BuildTickets.of(run);
        WaitLog log = new WaitLog(this::console, InstantSource.system());
        FoundConnector connector = Connectors.find(wait.target().connector(), job());
        wait.wake(connector.approvalDefaults(wait.target().table()), log, Instant.now());
    }

    private void join() {
        if (!isOver()) {
            Waits.get().add(this);
        }
        if (isOver()) {
            // stopped in the meantime
            Waits.get().remove(this);
        }
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        Waits.get().remove(this);
        super.stop(cause);
    }

    @Override
    public ApprovalWait approval() {
        return wait;
    }

    @Override
    public Item job() {
        return run.getParent();
    }

    @Override
    public String title() {
        return run.getFullDisplayName();
    }

    @Override
    public String url() {
        return run.getUrl();
    }

    @Override
    public void changed() {
        getContext().saveState();
    }

    @Override
    public void ended(WaitEnd end) {
        note(end);
        if (end.failure() != null) {
            fail(readable(end.failure()));
        } else if (end.outcome() == Outcome.APPROVED || returnOutcome) {
            console(end.message());
            attempt(() -> succeed(result(end)));
        } else {
            fail(new FlowInterruptedException(Result.ABORTED, false, new NotApproved(end.message())));
        }
    }

    /** Notes the ticket for the build's page; what is not noted is no reason not to go on. */
    private void note(WaitEnd end) {
        try {
            Ticket ticket =
                    end.ticket() == null && wait.sight() != null ? wait.sight().ticket() : end.ticket();
            if (ticket != null) {
                FoundConnector connector = Connectors.find(wait.target().connector(), job());
                BuildTicket noted = BuildTicket.of(
                                connector.reference(), ticket, connector.link(), BuildTicket.Role.GATE)
                        .decided(BuildDecision.of(end, wait, ""));
                BuildTickets.of(run()).add(showsTicket() ? noted : noted.withoutTexts());
            }
        } catch (IOException | ServiceNowException e) {
            LOGGER.log(Level.WARNING, e, () -> "the ticket of an approval could not be noted at its build");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Object result(WaitEnd end) throws ServiceNowException {
        LinkedHashMap<String, Object> ticket = null;
        if (end.ticket() != null) {
            ticket = TicketResult.of(
                    end.ticket(),
                    Connectors.find(wait.target().connector(), job()).link());
        }
        if (!returnOutcome) {
            return ticket;
        }
        LinkedHashMap<String, Object> result = new LinkedHashMap<>();
        result.put("outcome", end.outcome().toString());
        result.put("ticket", ticket);
        return result;
    }

    @Override
    public String getStatus() {
        String next = Waits.get()
                .nextLook(wait)
                .map(at -> "; next look at " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return "waiting for approval of " + wait.key() + ": " + wait.status() + next;
    }
}
