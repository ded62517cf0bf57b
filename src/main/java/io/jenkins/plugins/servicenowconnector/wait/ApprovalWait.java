package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.approval.Judgement;
import io.jenkins.plugins.servicenowconnector.engine.approval.Look;
import io.jenkins.plugins.servicenowconnector.engine.approval.Memory;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One wait for one approval: what is asked for, and what was seen so far. It is stored with its build.
 *
 * <p>Looks come one at a time; the log is told what has changed.
 */
public final class ApprovalWait implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final List<String> SHOWN = List.of("state", "short_description");

    private final String id = UUID.randomUUID().toString();
    private final ApprovalRequest request;
    private final Target target;
    private final long intervalMillis;
    private final long deadlineMillis;
    /** When it began, on Jenkins' clock; 0 if it was stored before this was noted. */
    private final long beganMillis = System.currentTimeMillis();

    private TicketKey key;
    private Memory memory = Memory.NONE;
    private final Troubles troubles = new Troubles();

    /** Read from the request in each life, so that the stored form does not hold parsed criteria. */
    private transient Terms terms;

    private transient WaitLog log;

    private transient boolean worthStoring;

    private transient volatile Sight sight;

    /**
     * @param request what the user asks for
     * @param target the connector, the agent label that the step adds, and the table
     * @param interval how long to wait between looks
     * @param deadline when to give up, on Jenkins' clock
     * @throws ServiceNowException bad input in the ticket's name; the criteria are read later, because the first expression
     *     takes its time, which Pipeline's thread does not have
     */
    public ApprovalWait(ApprovalRequest request, Target target, Duration interval, Instant deadline)
            throws ServiceNowException {
        this.request = request;
        this.target = target;
        this.intervalMillis = interval.toMillis();
        this.deadlineMillis = deadline.toEpochMilli();
        this.key = request.key();
    }

    /**
     * Reads the criteria and says where to log; before the first look, and again after a restart.
     *
     * @param defaults what the connector adds to the request
     * @throws ServiceNowException bad input in the criteria
     */
    public synchronized void wake(ApprovalDefaults defaults, WaitLog to, Instant now) throws ServiceNowException {
        terms = request.terms(defaults);
        log = to;
        troubles.wake(now);
    }

    /** What identifies this wait in all of Jenkins. */
    public String id() {
        return id;
    }

    /** What this wait's requests are shared by. */
    public Target target() {
        return target;
    }

    /** What the ticket is asked for by. */
    public synchronized TicketKey key() {
        return key;
    }

    /** What people call the ticket: its number as soon as that is known, else its key. */
    public synchronized String ticketName() {
        if (sight != null) {
            return sight.ticket().name();
        }
        return request.ticketNumber() == null ? key.value() : request.ticketNumber();
    }

    /** What the ticket is judged by. */
    public synchronized Terms terms() {
        return terms;
    }

    /** How long to wait between looks. */
    public Duration interval() {
        return Duration.ofMillis(intervalMillis);
    }

    /** When to give up, on Jenkins' clock. */
    public Instant deadline() {
        return Instant.ofEpochMilli(deadlineMillis);
    }

    /** When it began, on Jenkins' clock; restarts do not change it. The epoch if that was not noted. */
    public Instant began() {
        return Instant.ofEpochMilli(beganMillis);
    }

    /** What the last look that worked has shown; null before the first one since Jenkins was started. */
    public Sight sight() {
        return sight;
    }

    /** What it waits for now, in a phrase. */
    public synchronized String status() {
        return log == null ? "resuming" : log.status();
    }

    /** The fields that the next look needs: what the ticket is judged by, and what pages show of it. */
    public synchronized Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(terms.fields());
        fields.addAll(SHOWN);
        return fields;
    }

    /** Whether the ticket that was just read can only be judged with the approvers' own answers. */
    synchronized boolean asksApprovers(Ticket ticket) {
        return terms.asksApprovers(ticket, memory);
    }

    /** Since when an approver's rejection counts. */
    synchronized Instant beyondNewSince() {
        return Instant.ofEpochMilli(memory.beyondNewSince());
    }

    /**
     * Takes note of a reading.
     *
     * @param reading what came back
     * @param approverRejected whether an approver rejected, where {@link #asksApprovers} wants to know
     * @param now Jenkins' clock
     * @return how the wait ends; empty if it goes on
     */
    public synchronized Optional<WaitEnd> take(Reading reading, boolean approverRejected, Instant now) {
        boolean last = !now.isBefore(deadline());
        if (reading.failure() != null) {
            return failed(reading.failure(), last, now);
        }
        Ticket ticket = reading.ticket();
        Judgement judgement = terms.judge(new Look(ticket, reading.at(), last, approverRejected), memory);
        sight = new Sight(now, ticket, judgement);
        remember(judgement.memory(), key);
        if (judgement.decision() instanceof Decision.Failed failure) {
            return failed(failure.error(), last, now);
        }
        troubles.over(log);
        troubles.seen();
        remember(memory, new TicketKey("sys_id", ticket.sysId()));
        log.looked(ticket, judgement);
        return judgement.decision() instanceof Decision.Ended ended
                ? Optional.of(WaitEnd.decided(ended.outcome(), ended.message(), ticket))
                : Optional.empty();
    }

    /** Whether the last look brought something that must not be forgotten; asking clears it. */
    synchronized boolean isWorthStoring() {
        boolean worth = worthStoring;
        worthStoring = false;
        return worth;
    }

    private void remember(Memory seen, TicketKey known) {
        worthStoring |= !seen.equals(memory) || !known.equals(key);
        memory = seen;
        key = known;
    }

    private Optional<WaitEnd> failed(ServiceNowException failure, boolean last, Instant now) {
        troubles.met(failure, now, log);
        if (troubles.endWait(failure, now)) {
            return Optional.of(WaitEnd.failed(failure));
        }
        if (last && troubles.outlast(deadline(), now)) {
            String message = Outcome.EXPIRED + ": no decision on " + key + " in time, and the last looks" + " failed: "
                    + failure.getMessage();
            return Optional.of(WaitEnd.decided(Outcome.EXPIRED, message, null));
        }
        return Optional.empty();
    }
}
