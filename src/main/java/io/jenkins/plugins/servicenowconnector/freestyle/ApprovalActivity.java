package io.jenkins.plugins.servicenowconnector.freestyle;

import hudson.AbortException;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.step.NotApproved;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import io.jenkins.plugins.servicenowconnector.view.BuildDecision;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits in a freestyle build for an approval; the build's own thread waits, the looks are shared with all other waits. */
final class ApprovalActivity implements Waiter {

    private final Run<?, ?> run;
    private final TaskListener listener;
    private final CompletableFuture<WaitEnd> end = new CompletableFuture<>();

    private ApprovalWait wait;

    ApprovalActivity(Run<?, ?> run, TaskListener listener) {
        this.run = run;
        this.listener = listener;
    }

    /**
     * Waits.
     *
     * @param step what is waited for, with all variables put in
     * @throws AbortException if it cannot be waited for
     * @throws InterruptedException if the ticket is not approved, or the build is stopped: it ends as aborted
     */
    void run(ServiceNowApprovalStep step) throws IOException, InterruptedException {
        try {
            Result otherwise = step.resultWithoutApproval();
            wait = step.begin(run);
            FoundConnector connector = wake();
            Waits.get().add(this);
            take(step, otherwise, connector, end.get());
        } catch (ServiceNowException e) {
            throw readable(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            if (wait != null) {
                // whoever stops the build interrupts its thread
                Waits.get().remove(this);
            }
        }
    }

    /** Opens the connector once, so that what is wrong with it is said at once, and says what is waited for. */
    private FoundConnector wake() throws ServiceNowException {
        FoundConnector found = Connectors.find(wait.target().connector(), run.getParent());
        WaitLog log = new WaitLog(this::line, InstantSource.system());
        wait.wake(found.approvalDefaults(wait.target().table()), log, Instant.now());
        ConnectorUse use = ConnectorUse.by(run.getParent())
                .on(wait.target().table(), Operation.READ)
                .from(wait.target().label());
        OpenConnector open = Connectors.open(found, use, run);
        log.begun(wait, open.name(), TicketLink.to(open.link(), wait.target().table(), wait.key()));
        line("  This build holds its executor meanwhile.");
        return found;
    }

    private void take(ServiceNowApprovalStep step, Result otherwise, FoundConnector connector, WaitEnd result)
            throws ServiceNowException, IOException, InterruptedException {
        if (result.failure() != null) {
            throw result.failure();
        }
        BuildTicket ticket = null;
        String state = "";
        if (result.ticket() != null) {
            ticket = BuildTicket.of(connector.reference(), result.ticket(), connector.link(), BuildTicket.Role.GATE)
                    .decided(BuildDecision.of(result, wait, ""));
            state = result.ticket().value("state");
            BuildTickets.of(run).add(showsTicket() ? ticket : ticket.withoutTexts());
        }
        run.addOrReplaceAction(TicketVariables.of(result.outcome(), ticket, state));
        if (result.outcome() == Outcome.APPROVED || step.isReturnOutcome()) {
            line(result.message());
        } else {
            line(result.message());
            // only an interrupted build ends with a result of our choice
            Executor executor = run.getExecutor();
            if (executor != null) {
                executor.interrupt(otherwise, new NotApproved(result.message()));
            }
            // what else ends a build step makes its build a failed one
            throw new InterruptedException(result.message());
        }
    }

    static AbortException readable(ServiceNowException failure) {
        AbortException line = new AbortException(failure.getMessage());
        line.initCause(failure);
        return line;
    }

    private void line(String text) {
        listener.getLogger().println(text);
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
    public boolean showsTicket() {
        return !wait.isHidden();
    }

    /** A freestyle build does not outlive its Jenkins. */
    @Override
    public void changed() {}

    @Override
    public void ended(WaitEnd how) {
        end.complete(how);
    }
}
