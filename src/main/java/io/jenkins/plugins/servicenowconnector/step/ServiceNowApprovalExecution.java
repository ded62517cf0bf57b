package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
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
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A Pipeline's wait for an approval: it holds no thread, and lives through restarts. */
final class ServiceNowApprovalExecution extends ServiceNowExecution implements Waiter {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(ServiceNowApprovalExecution.class.getName());

    private final ApprovalWait wait;

    /** All that builds of the first version have stored of the ending. */
    private final boolean returnOutcome;

    private final Ending ending;

    /** Whether the wait has begun, so that its end is of consequence for the change. */
    private volatile boolean begun;

    private transient volatile Run<?, ?> run;
    private transient volatile WaitLog log;

    ServiceNowApprovalExecution(StepContext context, ApprovalWait wait, Ending ending) {
        super(context);
        this.wait = wait;
        this.ending = ending;
        this.returnOutcome = ending.returnsOutcome();
    }

    @Override
    public boolean start() {
        inBackground(ConnectorLane.WAITS, wait.target().connector(), () -> {
            prepare(false);
            OpenConnector connector = open();
            log.begun(
                    wait,
                    connector.name(),
                    TicketLink.to(connector.link(), wait.target().table(), wait.key()));
            Node node = getContext().get(Node.class);
            if (node != null) {
                console("This wait stands inside a node block: it holds that executor, on " + node.getDisplayName()
                        + ", all the time. Outside of the block it holds none.");
            }
            begun = true;
            join();
        });
        return false;
    }

    @Override
    public void onResume() {
        // only a wait is resumed, and after a crash nobody has stored that it has begun
        begun = true;
        inBackground(ConnectorLane.WAITS, wait.target().connector(), () -> {
            prepare(true);
            join();
        });
    }

    private OpenConnector open() throws ServiceNowException {
        ConnectorUse use = ConnectorUse.by(job())
                .on(wait.target().table(), Operation.READ)
                .from(wait.target().label());
        return Connectors.open(wait.target().connector(), use, run);
    }

    private void prepare(boolean resumes) throws ServiceNowException, IOException, InterruptedException {
        run = run();
        // so that the build's page shows the wait
        BuildTickets.of(run);
        log = new WaitLog(this::console, InstantSource.system());
        FoundConnector connector;
        try {
            connector = Connectors.find(wait.target().connector(), job());
        } catch (ServiceNowException e) {
            if (!resumes) {
                throw e;
            }
            // it may be put right in time: the looks say what is wrong
            wait.wake(log, Instant.now());
            return;
        }
        wait.wake(connector.approvalDefaults(wait.target().table()), log, Instant.now());
    }

    private void join() {
        if (!isOver()) {
            Waits.get().add(this);
            if (!run.isBuilding()) {
                abandon(run);
            }
        }
        if (isOver()) {
            // stopped in the meantime
            Waits.get().remove(this);
        }
    }

    /** The change that nobody needs any more is seen to afterwards: that takes calls, and stopping takes none. */
    @Override
    public void stop(Throwable cause) throws Exception {
        Waits.get().remove(this);
        Consumer<String> open = openLog();
        if (fail(cause) && begun) {
            Run<?, ?> build = run();
            ApprovalAftermath aftermath = new ApprovalAftermath(build, wait, ending(), open);
            String reason = "the build was stopped" + reason(cause);
            LeftChange left = aftermath.left(null, reason);
            afterwards(build, () -> {
                aftermath.note(WaitEnd.stopped(reason));
                aftermath.cancel(left);
            });
        }
    }

    /** Ends the wait with its build, which has not stopped it; nothing happens if it is another build's. */
    void abandon(Run<?, ?> ended) {
        if (run.getExternalizableId().equals(ended.getExternalizableId())) {
            Waits.get().remove(this);
            if (end()) {
                String reason = "the build has ended";
                ApprovalAftermath aftermath = new ApprovalAftermath(ended, wait, ending(), line -> {});
                afterwards(ended, () -> {
                    aftermath.note(WaitEnd.stopped(reason));
                    aftermath.leave(null, reason);
                });
            }
        }
    }

    private void afterwards(Run<?, ?> build, Runnable work) {
        CallLane lane = ConnectorLane.LEFT.of(wait.target().connector(), build.getParent());
        CallThreads.get().run(lane, work);
    }

    /** The build's log, for lines that come when the step has ended. */
    private Consumer<String> openLog() {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            return listener == null ? line -> {} : listener.getLogger()::println;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the build's log is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return line -> {};
    }

    private static String reason(Throwable cause) {
        return cause instanceof FlowInterruptedException interruption
                        && !interruption.getCauses().isEmpty()
                ? ": "
                        + interruption.getCauses().stream()
                                .map(CauseOfInterruption::getShortDescription)
                                .collect(Collectors.joining("; "))
                : "";
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

    @Override
    public void changed() {
        getContext().saveState();
    }

    @Override
    public void ended(WaitEnd end) {
        attempt(() -> {
            if (isOver()) {
                // stopped in the meantime, which has seen to everything
                return;
            }
            if (end.outcome() == Outcome.APPROVED && end.isTooOld(wait.interval())) {
                // so much was to be done that the ticket may have changed
                join();
                return;
            }
            List<Approver> approvers = ApprovalAftermath.whoDecided(end, log);
            ApprovalAftermath aftermath = new ApprovalAftermath(run(), wait, ending(), openLog());
            aftermath.notedBeforeSaving(end);
            if (end.outcome() == Outcome.APPROVED) {
                console(end.message());
                succeed(result(end, approvers));
                return;
            }
            aftermath.leave(end.outcome(), end.message());
            if (end.failure() != null) {
                fail(readable(end.failure()));
            } else if (ending().returnsOutcome()) {
                console(end.message());
                succeed(result(end, approvers));
            } else {
                if (wait.isHidden()) {
                    // the reason for all who may read the log; the exception comes to the build's page too
                    console(end.message());
                }
                fail(new FlowInterruptedException(ending().result(), false, NotApproved.of(end, wait)));
            }
        });
    }

    private Ending ending() {
        return ending != null ? ending : new Ending(Ending.USUAL_RESULT, null, returnOutcome);
    }

    private Object result(WaitEnd end, List<Approver> approvers) throws ServiceNowException {
        FoundConnector connector = Connectors.find(wait.target().connector(), job());
        return new ApprovalResult(end, approvers, wait.began(), Instant.now())
                .map(connector.link(), ending().returnsOutcome());
    }

    @Override
    public String getStatus() {
        String next = Waits.get()
                .nextLook(wait)
                .map(at -> "; next look at " + at.truncatedTo(ChronoUnit.SECONDS))
                .orElse("");
        return "waiting for approval of " + wait.key() + " through the connector "
                + wait.target().connector() + " until "
                + wait.deadline().truncatedTo(ChronoUnit.SECONDS) + ": " + wait.status() + next;
    }
}
