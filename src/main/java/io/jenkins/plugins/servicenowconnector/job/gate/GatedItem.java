package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
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
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One item of Jenkins' queue that waits at a gate; it holds no executor and no thread. */
public final class GatedItem implements Waiter {

    private static final Logger LOGGER = Logger.getLogger(GatedItem.class.getName());

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final long item;

    /** The same for all objects that stand for one item in the queue, one after the other, until the queue is read anew. */
    private final Future<?> future;

    private final Job<?, ?> job;
    private final GateTicket mark;
    private final GatePassage passage;
    private final GateCalls calls;
    private final CauseOfBlockage blockage = new GateBlockage(this);
    private final AtomicBoolean over = new AtomicBoolean();

    /** Whose approval does not count, if not everybody's does. */
    private final Starters starters;

    private volatile PlacedGate gate;

    private volatile String status = Messages.GatedItem_asking();
    private volatile ApprovalWait wait;
    private volatile URI link;

    /** Until when the decision counts, by the clock of {@link System#nanoTime}, which nobody sets; null for none. */
    private volatile Long passedUntil;

    /** Whether the item is to leave the queue, whatever is decided. */
    private final AtomicBoolean sentAway = new AtomicBoolean();

    GatedItem(Queue.Item item, Job<?, ?> job, GateTicket mark, PlacedGate gate, GateInput input) {
        this.item = item.getId();
        this.future = item.getFuture();
        this.job = job;
        this.mark = mark;
        this.gate = gate;
        this.starters = new Starters(this.item);
        this.passage = new GatePassage(job, gate, input, mark, over::get);
        this.calls = new GateCalls(gate.gate().getConnector(), gate.place(), job);
    }

    /**
     * Whether it still is what waits for an item: not if Jenkins has read its jobs and its queue again, or the gate has been
     * changed. Answers from memory.
     */
    boolean isFor(Queue.Item now, PlacedGate current) {
        if (now.task != job || now.getFuture() != future || !current.isSameAs(gate)) {
            return false;
        }
        if (gate != current) {
            // it was saved without a change: the next question is answered at once
            gate = current;
        }
        return true;
    }

    /** Whether the ticket that it waits for is also the one that this gate asks for. */
    boolean hasTicketFor(PlacedGate current) {
        return current.asksForTicketOf(gate);
    }

    /** What keeps the item in the queue; null if nothing does. Answers from memory: the queue is locked meanwhile. */
    CauseOfBlockage blockage(Queue.Item now) {
        Long until = passedUntil;
        if (until == null || sentAway.get()) {
            return blockage;
        }
        if (until - System.nanoTime() > 0 && !starters.haveChanged(now)) {
            return null;
        }
        // no executor was free for so long that the ticket may have changed, or that others came to ask for the build
        passedUntil = null;
        calls.runWithoutCalls(this::join);
        return blockage;
    }

    /** Begins to go on towards the wait. */
    void begin() {
        if (gate.gate().getCreate() == null) {
            calls.runWithoutCalls(this::go);
        } else {
            calls.run(this::go);
        }
    }

    /** Has the item leave the queue; the queue is locked meanwhile. */
    void sendAway(String reason) {
        if (sentAway.compareAndSet(false, true)) {
            calls.run(() -> refuse(reason, null));
        }
    }

    /** Something got another full name: what stands on disk about the item follows, if it is about that. */
    void moved(Item moved, String from, String to) {
        if (moved == job || moved == place()) {
            calls.run(() -> passage.moved(from, to));
        }
    }

    /** What tells the item from all others. */
    String id() {
        return mark.id();
    }

    /** Goes on towards the wait, or begins it; on a thread that may wait for calls. */
    private void go() {
        try {
            if (passage.hasStarted()) {
                // Jenkins' file of its queue is older than the build
                leave();
                return;
            }
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
            refuse(e.getMessage(), null);
        } catch (IOException e) {
            status = Messages.GatedItem_notWritten(e.getMessage());
            calls.runAt(Instant.now().plus(AGAIN), this::go);
        } catch (InterruptedException e) {
            // Jenkins is going down: the item and its record are on disk
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> title() + " cannot wait for its ticket");
            refuse(Messages.GatedItem_broken(e.toString()), null);
        }
    }

    /** Takes an item out that has nothing to wait for any more; its ticket is that of the build. */
    private void leave() {
        if (over.compareAndSet(false, true)) {
            QueueExit.take(item, Messages.GatedItem_hasStarted());
            passage.forget();
        }
    }

    private void await() throws ServiceNowException {
        ApprovalWait next = passage.approval();
        FoundConnector connector = Connectors.find(next.target().connector(), place(), job);
        if (gate.gate().isForbidSelfApproval()) {
            next.notApprovedBy(starters);
        }
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

    /** Another object waits for the item from now on, with the same record. */
    void handOver() {
        if (over.compareAndSet(false, true)) {
            calls.runWithoutCalls(this::stopLooking);
        }
    }

    /** The gate is gone, and the item starts without it or comes to another one. */
    void lift() {
        if (over.compareAndSet(false, true)) {
            calls.run(() -> {
                stopLooking();
                passage.lift();
            });
        }
    }

    private void afterLeaving(boolean isCancelled) {
        stopLooking();
        if (isCancelled && !passage.hasStarted()) {
            passage.end(Messages.GatedItem_cancelled(), null);
            passage.settle();
        } else {
            passage.forget();
        }
    }

    private void stopLooking() {
        if (wait != null) {
            Waits.get().remove(this);
        }
    }

    private void refuse(String reason, Outcome outcome) {
        if (over.compareAndSet(false, true)) {
            status = reason;
            try {
                passage.end(reason, outcome);
            } finally {
                QueueExit.take(item, reason);
            }
            passage.settle();
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
    public Item place() {
        return gate.place();
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
    public boolean asksWhoDecided() {
        return true;
    }

    @Override
    public void changed() {
        passage.remember(wait);
    }

    @Override
    public void ended(WaitEnd end) {
        try {
            end(end);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> title() + " could not go on, its ticket is looked at again");
            join();
        }
    }

    private void end(WaitEnd end) {
        passage.remember(wait);
        if (end.outcome() != Outcome.APPROVED) {
            String reason = showsTicket() || end.outcome() == null
                    ? end.message()
                    : Messages.GatedItem_hiddenEnd(end.outcome());
            refuse(reason, end.outcome());
            return;
        }
        if (end.isTooOld(wait.interval())) {
            // so much was to be done that the ticket may have changed
            join();
            return;
        }
        try {
            pass(end);
        } catch (ServiceNowException e) {
            refuse(e.getMessage(), null);
        }
    }

    private void pass(WaitEnd end) throws ServiceNowException {
        FoundConnector connector = Connectors.find(wait.target().connector(), place(), job);
        BuildTicket ticket = BuildTicket.of(
                        connector.reference(), end.ticket(), connector.link(), BuildTicket.Role.GATE)
                .decided(BuildDecision.of(end, wait, end.deciders()));
        BuildTicket noted = place() == job ? ticket : ticket.meantBy(place().getFullName(), connector.key());
        Queue.withLock(() -> pass(noted, end));
        Queue.getInstance().scheduleMaintenance();
    }

    /** An item in the queue is replaced by another object from time to time, and its mark when Jenkins reads its queue again. */
    private void pass(BuildTicket ticket, WaitEnd end) {
        Queue.Item waiting = Queue.getInstance().getItem(item);
        if (waiting == null) {
            return;
        }
        if (starters.haveChanged(waiting)) {
            calls.runWithoutCalls(this::join);
            return;
        }
        GateTicket current = waiting.getAction(GateTicket.class);
        (current == null ? mark : current).passed(showsTicket() ? ticket : ticket.withoutTexts());
        GateCause.add(waiting, ticket);
        passedUntil = System.nanoTime() + end.left(wait.interval()).toNanos();
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
}
