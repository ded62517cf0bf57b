package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.job.QueueExit;
import io.jenkins.plugins.servicenowconnector.view.BuildDecision;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.Sight;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.WaitLog;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** One item of Jenkins' queue that waits at a gate; it holds no executor and no thread. */
public final class GatedItem implements Waiter {

    private static final Logger LOGGER = Logger.getLogger(GatedItem.class.getName());

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final long item;
    private final Job<?, ?> job;
    private final GateTicket mark;
    private final GatePassage passage;
    private final GateCalls calls;
    private final CauseOfBlockage blockage = new Blockage();
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile String status = Messages.GatedItem_asking();
    private volatile ApprovalWait wait;
    private volatile URI link;

    /** Until when the decision counts, in milliseconds since 1970: one interval after the look that brought it; 0 for none. */
    private volatile long passedUntil;

    GatedItem(long item, Job<?, ?> job, GateTicket mark, ApprovalGate gate, GateInput input) {
        this.item = item;
        this.job = job;
        this.mark = mark;
        this.passage = new GatePassage(job, gate, input, mark, over::get);
        this.calls = new GateCalls(gate.getConnector(), job);
    }

    /** What keeps the item in the queue; null if nothing does. Answers from memory: the queue is locked meanwhile. */
    CauseOfBlockage blockage() {
        if (passedUntil == 0) {
            return blockage;
        }
        if (System.currentTimeMillis() < passedUntil) {
            return null;
        }
        // no executor was free for so long that the ticket may have changed
        passedUntil = 0;
        calls.run(this::join);
        return blockage;
    }

    /** Begins to go on towards the wait. */
    void begin() {
        calls.run(this::go);
    }

    /** Goes on towards the wait, or begins it; on a thread that may wait for calls. */
    private void go() {
        try {
            Instant again = passage.go();
            status = passage.status();
            if (over.get()) {
                return;
            }
            if (again != null) {
                calls.runAt(again, this::go);
            } else {
                await();
            }
        } catch (ServiceNowException e) {
            refuse(e.getMessage());
        } catch (IOException e) {
            status = Messages.GatedItem_notWritten(e.getMessage());
            calls.runAt(Instant.now().plus(AGAIN), this::go);
        } catch (InterruptedException e) {
            // Jenkins is going down: the item and its record are on disk
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> title() + " cannot wait for its ticket");
            refuse(Messages.GatedItem_broken(e.toString()));
        }
    }

    private void await() throws ServiceNowException {
        ApprovalWait next = passage.approval();
        FoundConnector connector = Connectors.find(next.target().connector(), job);
        link = connector.link();
        WaitLog log = new WaitLog(line -> LOGGER.log(Level.FINE, () -> title() + ": " + line), InstantSource.system());
        next.wake(connector.approvalDefaults(next.target().table()), log, Instant.now());
        wait = next;
        join();
    }

    private void join() {
        if (!over.get()) {
            Waits.get().add(this);
        }
        if (over.get()) {
            // left in the meantime
            Waits.get().remove(this);
        }
    }

    /** The item is no longer in the queue; the queue is locked meanwhile. */
    void left(boolean isCancelled) {
        if (over.compareAndSet(false, true)) {
            calls.run(() -> afterLeaving(isCancelled));
        }
    }

    private void afterLeaving(boolean isCancelled) {
        if (wait != null) {
            Waits.get().remove(this);
        }
        if (isCancelled) {
            passage.close(Messages.GatedItem_cancelled());
        } else {
            passage.forget();
        }
    }

    private void refuse(String reason) {
        if (over.compareAndSet(false, true)) {
            status = reason;
            passage.close(reason);
            QueueExit.take(item);
        }
    }

    @Override
    public ApprovalWait approval() {
        return wait;
    }

    @Override
    public Item job() {
        return job;
    }

    @Override
    public String title() {
        return job.getFullDisplayName();
    }

    @Override
    public String url() {
        return job.getUrl();
    }

    @Override
    public boolean showsTicket() {
        return wait == null || !wait.isHidden();
    }

    @Override
    public void changed() {
        passage.remember(wait);
    }

    @Override
    public void ended(WaitEnd end) {
        passage.remember(wait);
        if (end.outcome() != Outcome.APPROVED) {
            refuse(
                    showsTicket() || end.outcome() == null
                            ? end.message()
                            : Messages.GatedItem_hiddenEnd(end.outcome()));
            return;
        }
        try {
            pass(end);
        } catch (ServiceNowException e) {
            refuse(e.getMessage());
        }
    }

    private void pass(WaitEnd end) throws ServiceNowException {
        FoundConnector connector = Connectors.find(wait.target().connector(), job);
        BuildTicket passed = BuildTicket.of(
                        connector.reference(), end.ticket(), connector.link(), BuildTicket.Role.GATE)
                .decided(BuildDecision.of(end, wait, whoDecided(end)));
        BuildTicket shown = showsTicket() ? passed : passed.withoutTexts();
        // an item in the queue is replaced by another object from time to time
        Queue.withLock(() -> {
            Queue.Item waiting = Queue.getInstance().getItem(item);
            if (waiting != null) {
                mark.passed(shown);
                waiting.replaceAction(causes(waiting, passed));
                passedUntil = System.currentTimeMillis() + wait.interval().toMillis();
            }
        });
        Queue.getInstance().scheduleMaintenance();
    }

    /** Says who decided, for the build's page; what cannot be read is no reason not to start. */
    private String whoDecided(WaitEnd end) {
        try {
            ConnectorUse use = ConnectorUse.by(job)
                    .on(wait.target().table(), Operation.READ)
                    .from(wait.target().label());
            List<Approver> approvers = end.approvers() != null
                    ? end.approvers()
                    : new Approvers(Connectors.open(wait.target().connector(), use, null)
                                    .instance())
                            .decided(end.ticket().sysId());
            return approvers.stream().map(Approver::toString).collect(Collectors.joining("; "));
        } catch (ServiceNowException e) {
            LOGGER.log(Level.FINE, e, () -> "who approved a build of " + title() + " cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private static CauseAction causes(Queue.Item waiting, BuildTicket passed) {
        List<Cause> causes = new ArrayList<>(waiting.getCauses());
        causes.removeIf(GateCause.class::isInstance);
        causes.add(new GateCause(passed));
        return new CauseAction(causes);
    }

    /** For the job's page: what the ticket is called; empty if there is none yet. */
    public String getTicket() {
        Sight sight = sight();
        return sight == null ? passage.name() : sight.ticket().name();
    }

    /** For the job's page: the address under which a person opens the ticket; empty if it is not known yet. */
    public String getUrl() {
        Sight sight = sight();
        return sight == null || link == null ? "" : TicketLink.to(link, sight.ticket());
    }

    /** For the job's page: what keeps it waiting, with state, what is unmet, and the next check. */
    public String getWhy() {
        if (wait == null) {
            return status;
        }
        Sight sight = sight();
        String next = Waits.get()
                .nextLook(wait)
                .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElseGet(() -> Messages.GatedItem_now());
        if (!showsTicket()) {
            return Messages.GatedItem_hidden(next);
        }
        return sight == null
                ? Messages.GatedItem_unseen(wait.status(), next)
                : Messages.GatedItem_waiting(sight.ticket().displayValue("state"), wait.status(), next);
    }

    private Sight sight() {
        ApprovalWait looking = wait;
        return looking == null ? null : looking.sight();
    }

    /** The job whose build waits. */
    boolean isOf(Job<?, ?> other) {
        return job == other;
    }

    /** Says in the queue what the item waits for. */
    private final class Blockage extends CauseOfBlockage {

        @Override
        public String getShortDescription() {
            if (wait == null) {
                return getWhy();
            }
            String named = getUrl().isEmpty() ? getTicket() : getTicket() + " (" + getUrl() + ")";
            return Messages.GatedItem_blocked(named, getWhy());
        }
    }
}
