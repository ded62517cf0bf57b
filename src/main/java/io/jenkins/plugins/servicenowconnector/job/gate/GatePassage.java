package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Cause;
import hudson.model.Job;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import io.jenkins.plugins.servicenowconnector.step.Expansion;
import io.jenkins.plugins.servicenowconnector.step.QueuedCreation;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.Turn;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.Sight;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** How one item comes to its ticket, with its record on disk before anything is sent. */
final class GatePassage {

    private static final Logger LOGGER = Logger.getLogger(GatePassage.class.getName());

    private static final Duration AGAIN = Duration.ofSeconds(10);

    private static final String CANCEL = "cancel";
    private static final String LEAVE = "leave";

    private final Job<?, ?> job;
    private final PlacedGate placed;
    private final ApprovalGate gate;
    private final GateInput input;
    private final GateTicket mark;
    private final BooleanSupplier over;

    private GateRecord record;
    private QueuedCreation creation;
    private CreateState begun;
    private volatile String status = Messages.GatedItem_asking();
    private volatile String name = "";

    /** @param over whether the item has left the queue, so that nothing more is to be sent */
    GatePassage(Job<?, ?> job, PlacedGate placed, GateInput input, GateTicket mark, BooleanSupplier over) {
        this.job = job;
        this.placed = placed;
        this.gate = placed.gate();
        this.input = input;
        this.mark = mark;
        this.over = over;
    }

    /** What is being done, or waited for. */
    String status() {
        return status;
    }

    /** What the ticket is called; empty if there is none yet. */
    String name() {
        return name;
    }

    /**
     * Does what can be done now.
     *
     * @return when to go on; null if there is a ticket to wait for
     * @throws ServiceNowException if the item will never have one
     */
    synchronized Instant go() throws ServiceNowException, IOException, InterruptedException {
        if (over.getAsBoolean()) {
            return null;
        }
        if (record == null) {
            open();
        }
        Instant again = gate.getCreate() == null ? null : create();
        name = record.name();
        return again;
    }

    /** Whether the item has become a build in an earlier life of Jenkins; reads builds from disk only after a restart. */
    synchronized boolean hasStarted() {
        if (mark.isFresh() || record != null || !LostItems.hasStarted(job, mark.id(), mark.madeMillis())) {
            return false;
        }
        record = GateRecords.load(mark.id());
        return true;
    }

    private void open() throws ServiceNowException, IOException {
        GateRecord known = GateRecords.load(mark.id());
        if (known != null && !known.unneeded().isEmpty()) {
            // Jenkins' file of its queue is older than what became of the item
            record = known;
            throw new ServiceNowException(Kind.BAD_INPUT, known.unneeded(), Facts.NONE);
        }
        GateRecord next = known == null
                ? new GateRecord(mark.id(), job.getFullName(), input.deadline().toEpochMilli())
                : known;
        if (known == null) {
            next.isFor(input, gate.getAgentLabel());
            input.check();
        }
        String place = placed.place().getFullName();
        if (gate.getCreate() == null) {
            TicketKey named = input.named();
            ApprovalWait checked = input.wait(gate.getTicketType(), named, Instant.now());
            next.at(place, checked.target().connector(), checked.target().table());
            next.asks(named);
        } else if (!next.isComplete()) {
            Expansion expansion = new Expansion(input.environment(), TaskListener.NULL);
            ServiceNowCreateStep create = expansion.of(gate.getCreate());
            if (gate.getAgentLabel() != null) {
                create.setAgentLabel(gate.getAgentLabel());
            }
            creation = new QueuedCreation(create, gate.getConnector(), placed.place(), job);
            next.at(place, input.connector().reference(), creation.table());
            // an item whose record is gone may have been here before: Jenkins' file of its queue can be older than ours
            begun = next.creation() == null ? creation.begin(mark.id(), !mark.isFresh()) : next.creation();
        }
        GateRecords.save(next);
        record = next;
    }

    private Instant create() throws ServiceNowException, IOException, InterruptedException {
        if (record.isComplete()) {
            return null;
        }
        Turn turn;
        try {
            turn = creation.go(begun, this::save, input.starter(), note());
        } catch (ServiceNowException e) {
            turn = again(e);
        } finally {
            tell();
        }
        if (turn instanceof Turn.Later later) {
            status = later.reason();
            if (Instant.now().toEpochMilli() >= record.deadlineMillis()) {
                throw creation.outOfTime() != null
                        ? creation.outOfTime()
                        : ServiceNowException.noAnswer(Kind.TIMEOUT, later.reason(), false, null);
            }
            return later.at();
        }
        record.completes();
        GateRecords.save(record);
        return null;
    }

    /** Keeps the lines for the build's log: whatever comes of the ticket, it may be there. */
    private void tell() {
        mark.tells(creation.lines());
        if (creation.ticket() != null) {
            record.sees(creation.ticket());
        }
    }

    private static Turn again(ServiceNowException failure) throws ServiceNowException {
        if (!failure.isPassing() && failure.kind() != Kind.NO_AGENT) {
            throw failure;
        }
        Duration pause = failure.retryAfter() == null ? AGAIN : failure.retryAfter();
        return new Turn.Later(Instant.now().plus(pause), failure.getMessage());
    }

    private synchronized void save(CreateState next) throws IOException {
        if (over.getAsBoolean() && next.isOpen()) {
            throw new IOException("The item left the queue before its ticket was sent.");
        }
        record.creates(next);
        GateRecords.save(record);
    }

    private String note() {
        Cause.UserIdCause starter = input.starter();
        String by = starter == null || starter.getUserName() == null ? "" : ", started by " + starter.getUserName();
        String root = Jenkins.get().getRootUrl();
        String address = root == null ? "" : "\n" + root + job.getUrl();
        return "Jenkins: a build of " + job.getFullDisplayName() + by + ", waits for this ticket." + address;
    }

    /** The wait for the ticket; it goes on where an earlier life of Jenkins has left it. */
    synchronized ApprovalWait approval() throws ServiceNowException {
        TicketKey key = record.sysId().isEmpty()
                ? TicketKey.number("ticketNumber", record.name())
                : TicketKey.sysId("sysId", record.sysId());
        ApprovalWait wait = input.wait(record.table(), key, Instant.ofEpochMilli(record.deadlineMillis()));
        wait.recall(record.memory(), record.isSeen());
        return wait.since(Instant.ofEpochMilli(record.beganMillis()));
    }

    /** Writes down what the looks have shown. */
    synchronized void remember(ApprovalWait wait) {
        if (over.getAsBoolean()) {
            // a look that came too late must not bring a record back that was deleted
            return;
        }
        Sight sight = wait.sight();
        record.remember(wait.memory());
        if (sight != null) {
            record.sees(sight.ticket());
            name = record.name();
        }
        try {
            GateRecords.save(record);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the record of an item of " + job.getFullName() + " cannot be written");
        }
    }

    /** The job, or what sets the gate, got another full name. */
    synchronized void moved(String from, String to) {
        if (record == null || over.getAsBoolean() || !record.moves(from, to)) {
            return;
        }
        try {
            GateRecords.save(record);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the record of an item of " + to + " cannot be written");
        }
    }

    /** The build has started: nothing is left to remember. */
    synchronized void forget() {
        if (record != null) {
            SavedQueue.forget(record);
        }
    }

    /**
     * The build will not start: its record and its job's page say why. What becomes of the ticket is for {@link #settle}.
     *
     * @param outcome how the wait ended; null if it had not begun, or was not decided
     */
    synchronized void end(String reason, Outcome outcome) {
        know();
        if (record.isSettled()) {
            return;
        }
        if (record.unneeded().isEmpty()) {
            record.ends(reason, cancels(outcome));
        }
        LeftTicket.of(job, record).note();
        boolean isMissed = CANCEL.equals(gate.getOnNotRun()) && !record.isOwn() && !record.isSeen();
        if (isMissed && !record.name().isEmpty()) {
            NotStartedBuilds.note(job, record.id(), Messages.GatePassage_neverSeen(record.name()));
        }
    }

    /** The item has left the queue without a build: its ticket gets what {@code onNotRun} says. */
    synchronized void settle() {
        LeftTicket.of(job, record).settle();
    }

    /** There is no such gate any more, and the build starts without the ticket: one that was made for it is of no use. */
    synchronized void lift() {
        know();
        record.lifts(Messages.GatePassage_lifted(), record.isOwn() && !LEAVE.equals(gate.getOnNotRun()));
        LeftTicket.of(job, record).settle();
    }

    /** An item may leave the queue before anything was done for it in this life of Jenkins. */
    private void know() {
        GateRecord known = record == null ? GateRecords.load(mark.id()) : record;
        if (known == null) {
            known = new GateRecord(mark.id(), job.getFullName(), 0);
            known.isFor(input, gate.getAgentLabel());
        }
        record = known;
    }

    /** The rules of the step: another team's change that was named by mistake is theirs, and so is one that nobody has seen. */
    private boolean cancels(Outcome outcome) {
        if (record.isOwn()) {
            return !LEAVE.equals(gate.getOnNotRun());
        }
        return CANCEL.equals(gate.getOnNotRun()) && record.isSeen() && outcome != Outcome.WRONG_TICKET;
    }
}
