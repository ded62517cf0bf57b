package io.jenkins.plugins.servicenowconnector.freestyle;

import hudson.AbortException;
import hudson.model.Executor;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.step.ApprovalAftermath;
import io.jenkins.plugins.servicenowconnector.step.NotApproved;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
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
import java.util.logging.Logger;

/** Waits in a freestyle build for an approval; the build's own thread waits, the looks are shared with all other waits. */
final class ApprovalActivity implements Waiter {

    private static final Logger LOGGER = Logger.getLogger(ApprovalActivity.class.getName());

    private final Run<?, ?> run;
    private final TaskListener listener;
    private volatile CompletableFuture<WaitEnd> end = new CompletableFuture<>();
    private final WaitLog log = new WaitLog(this::line, InstantSource.system());

    private ApprovalAftermath aftermath;
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
            wait = step.begin(run);
            aftermath = step.aftermath(run, wait, this::line);
            wake();
            Waits.get().add(this);
            take(waited());
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
    private void wake() throws ServiceNowException {
        FoundConnector found = Connectors.find(wait.target().connector(), run.getParent());
        wait.wake(found.approvalDefaults(wait.target().table()), log, Instant.now());
        ConnectorUse use = ConnectorUse.by(run.getParent())
                .on(wait.target().table(), Operation.READ)
                .from(wait.target().label());
        OpenConnector open = Connectors.open(found, use, run);
        log.begun(wait, open.name(), TicketLink.to(open.link(), wait.target().table(), wait.key()));
        line("  This build holds its executor meanwhile.");
    }

    private WaitEnd waited() throws InterruptedException, ExecutionException {
        try {
            WaitEnd how = end.get();
            while (how.outcome() == Outcome.APPROVED && how.isTooOld(wait.interval())) {
                // so much was to be done that the ticket may have changed
                end = new CompletableFuture<>();
                Waits.get().add(this);
                how = end.get();
            }
            return how;
        } catch (InterruptedException e) {
            // the change that nobody needs any more is seen to afterwards: that takes calls, and stopping takes none
            CallThreads.get().run(ConnectorLane.LEFT.of(wait.target().connector(), run.getParent()), this::stopped);
            throw e;
        }
    }

    private void stopped() {
        String reason = "the build was stopped";
        aftermath.note(WaitEnd.stopped(reason));
        aftermath.leave(null, reason);
    }

    private void take(WaitEnd result) throws ServiceNowException, InterruptedException {
        ApprovalAftermath.whoDecided(result, log);
        BuildTicket ticket = aftermath.note(result);
        if (result.failure() == null) {
            String state = result.ticket() == null ? "" : result.ticket().value("state");
            run.addOrReplaceAction(TicketVariables.of(result.outcome(), ticket, state));
            line(result.message());
        }
        if (result.outcome() == Outcome.APPROVED) {
            return;
        }
        aftermath.leave(result.outcome(), result.message());
        if (result.failure() != null) {
            throw result.failure();
        }
        if (!aftermath.goesOn()) {
            // only an interrupted build ends with a result of our choice
            Executor executor = run.getExecutor();
            if (executor != null) {
                executor.interrupt(aftermath.result(), NotApproved.of(result, wait));
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

    @Override
    public boolean asksWhoDecided() {
        return true;
    }

    /** A freestyle build does not outlive its Jenkins. */
    @Override
    public void changed() {}

    @Override
    public void ended(WaitEnd how) {
        end.complete(how);
    }
}
