package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Judgement;
import io.jenkins.plugins.servicenowconnector.engine.approval.Look;
import io.jenkins.plugins.servicenowconnector.engine.approval.Memory;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.approval.SelfApproval;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Answers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
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
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One wait for one approval: what is asked for, and what was seen so far. It is stored with its build.
 *
 * <p>Looks come one at a time; the log is told what has changed.
 */
public final class ApprovalWait implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final List<String> SHOWN = List.of("state", "approval", "short_description");

    private final String id = UUID.randomUUID().toString();
    private final ApprovalRequest request;
    private final Target target;
    private final long intervalMillis;
    private final long deadlineMillis;
    /** When it began, on Jenkins' clock; 0 if it was stored before this was noted. */
    private long beganMillis = System.currentTimeMillis();

    /** Whether the ticket's text and state are kept from the pages of Jenkins; so written that it is false in old builds. */
    private boolean hidden;

    /** What the one is called whose approval does not count; null if anybody's does. */
    private List<String> starter;

    /** Asks for those again; null if they stay the same. */
    private transient Supplier<List<String>> starters;

    private TicketKey key;

    /** Whether the last look that worked has found the ticket to be one that may be gone by; false in old builds. */
    private boolean rightTicket;

    private Memory memory = Memory.NONE;
    private final Troubles troubles = new Troubles();

    /** Read from the request in each life, so that the stored form does not hold parsed criteria. */
    private transient Terms terms;

    private transient WaitLog log;

    /** The connector as it was when the criteria were read. */
    private transient Connector followed;

    private transient boolean worthStoring;

    /** Who decided, as far as the last look has asked. */
    private transient List<Approver> heard;

    /** Why the approval that the last look saw does not count; null if it does. */
    private transient Ended selfApproval;

    private transient volatile Sight sight;

    private transient LifeClock clock;

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
        wake(defaults, to, now, System::nanoTime);
    }

    /** The same where the connector is out of reach: the criteria are read at the first look that has one. */
    public synchronized void wake(WaitLog to, Instant now) {
        wake(to, now, System::nanoTime);
    }

    /** The same, with this clock beside Jenkins' own. */
    synchronized void wake(ApprovalDefaults defaults, WaitLog to, Instant now, LongSupplier nanos)
            throws ServiceNowException {
        // before the criteria, which take their time
        wake(to, now, nanos);
        terms = request.terms(defaults);
    }

    private void wake(WaitLog to, Instant now, LongSupplier nanos) {
        clock = LifeClock.from(now, nanos);
        log = to;
        troubles.wake(now);
    }

    /** When the last look is due, on Jenkins' clock as it goes now: later than the deadline if that was set forward. */
    synchronized Instant lastLook(Instant now) {
        return clock.shownAt(deadline(), now);
    }

    /**
     * Takes over what the connector adds to the request now, in case it was edited.
     *
     * @throws ServiceNowException bad input in the criteria
     */
    synchronized void follow(FoundConnector connector) throws ServiceNowException {
        if (followed != connector.connector()) {
            Terms now = request.terms(connector.approvalDefaults(target.table()));
            if (terms != null && !now.describe().equals(terms.describe())) {
                log.judgedAnew(now.describe());
            }
            terms = now;
            followed = connector.connector();
        }
    }

    /** Keeps the ticket's text and state from the pages of Jenkins: some tickets are nobody's business. */
    public ApprovalWait hidden(boolean fromPages) {
        hidden = fromPages;
        return this;
    }

    /** Whether pages must not show the ticket's text and state. */
    public boolean isHidden() {
        return hidden;
    }

    /**
     * Lets an approval by whoever asks for it count as a rejection.
     *
     * @param names what the one is called in Jenkins: user names, e-mail addresses, full names; empty if it is nobody; null to
     *     let anybody approve
     */
    public ApprovalWait notApprovedBy(List<String> names) {
        starter = names == null ? null : List.copyOf(names);
        return this;
    }

    /** The same, where more may come to ask for it: whose approval does not count is asked at each look that brings one. */
    public ApprovalWait notApprovedBy(Supplier<List<String>> names) {
        starters = names;
        return this;
    }

    /** What the one is called whose approval does not count; empty if it is nobody, null if anybody's counts. */
    List<String> starter() {
        return starter;
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

    /** Whether the ticket was seen, in this life of Jenkins or an earlier one, and met {@code mustMatch} when it was last seen. */
    public synchronized boolean isRightTicket() {
        return rightTicket;
    }

    /** What must be known of earlier looks to go on with another object of this kind. */
    public synchronized Memory memory() {
        return memory;
    }

    /**
     * Goes on after the looks of an earlier object.
     *
     * @param wasSeen whether the ticket is known to be there, so that it is missed for longer
     */
    public synchronized void recall(Memory earlier, boolean wasSeen) {
        memory = earlier;
        if (wasSeen) {
            troubles.seen();
        }
    }

    /** Takes the place of an earlier object, which began then. */
    public ApprovalWait since(Instant began) {
        beganMillis = began.toEpochMilli();
        return this;
    }

    /** What people call the ticket: its number as soon as that is known, else its key. */
    public synchronized String ticketName() {
        if (sight != null) {
            return sight.ticket().name();
        }
        return request.ticketNumber() == null ? key.value() : request.ticketNumber();
    }

    /** What the ticket is judged by; null while that is not known, because the connector is out of reach since a restart. */
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

    /** The fields that the next look needs: what the ticket is judged by, and what logs and pages show of it. */
    public synchronized Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(terms.fields());
        fields.addAll(SHOWN);
        return fields;
    }

    /** Whether the ticket that was just read can only be judged with the answers of its approvers. */
    boolean asksApprovers(Reading reading) {
        note(null, null);
        return reading.ticket() != null && (isSentBack(reading) || asksWhoApproved(reading));
    }

    /** Whether it must be known for certain who approved the ticket that was just read. */
    boolean asksWhoApproved(Reading reading) {
        return starter != null && reading.ticket() != null && isApproved(reading);
    }

    /**
     * Takes note of what the approvers have said of the ticket that was just read.
     *
     * @return whether one of them has rejected a change that was sent back
     */
    boolean hear(Reading reading, Answers answers) throws ServiceNowException {
        if (asksWhoApproved(reading)) {
            List<String> names = starters == null ? starter : starters.get();
            List<Approver> decided = answers.decided();
            note(
                    decided,
                    SelfApproval.rejection(reading.ticket(), decided, names).orElse(null));
        }
        return isSentBack(reading) && answers.rejectedSince(beyondNewSince());
    }

    private synchronized void note(List<Approver> decided, Ended noApproval) {
        heard = decided;
        selfApproval = noApproval;
    }

    private synchronized boolean isApproved(Reading reading) {
        Decision decision = terms.judge(Look.at(reading), memory).decision();
        return decision instanceof Ended ended && ended.outcome() == Outcome.APPROVED;
    }

    private synchronized boolean isSentBack(Reading reading) {
        return terms.asksApprovers(Look.at(reading), memory);
    }

    private synchronized Instant beyondNewSince() {
        return Instant.ofEpochMilli(memory.beyondNewSince());
    }

    /**
     * Takes note of a reading.
     *
     * @param reading what came back
     * @param approverRejected what {@link #hear} has said of this reading
     * @param now Jenkins' clock when the look began
     * @return how the wait ends; empty if it goes on
     */
    public synchronized Optional<WaitEnd> take(Reading reading, boolean approverRejected, Instant now) {
        Instant counted = clock.counted(now);
        boolean last = !counted.isBefore(deadline());
        log.noted(reading.note());
        if (reading.failure() != null) {
            troubles.met(reading.failure(), counted, log);
            return failed(reading.failure(), troubles.endWait(reading.failure(), counted), last, counted);
        }
        Ticket ticket = reading.ticket();
        Judgement judgement = terms.judge(new Look(ticket, reading.at(), last, approverRejected), memory);
        sight = new Sight(now, ticket, judgement);
        remember(judgement.memory(), key, false);
        if (judgement.decision() instanceof Decision.Failed failure) {
            troubles.met(failure.error(), counted, log);
            return failed(failure.error(), troubles.endJudging(failure.error(), counted), last, counted);
        }
        saw(ticket, judgement.decision());
        log.looked(ticket, judgement);
        log.clocks(reading.ahead());
        if (!(judgement.decision() instanceof Ended ended)) {
            return Optional.empty();
        }
        boolean counts = ended.outcome() != Outcome.APPROVED || selfApproval == null;
        return Optional.of(WaitEnd.decided(counts ? ended : selfApproval, reading, heard));
    }

    /** The first time it was, and whether it is the right one, must not be forgotten. */
    private void saw(Ticket ticket, Decision decision) {
        boolean isRight = !(decision instanceof Ended end && end.outcome() == Outcome.WRONG_TICKET);
        boolean isNews = !troubles.isSeen() || isRight != rightTicket;
        troubles.over(log);
        troubles.seen();
        rightTicket = isRight;
        remember(memory, new TicketKey("sys_id", ticket.sysId()), isNews);
    }

    /** Whether the last look brought something that must not be forgotten; asking clears it. */
    synchronized boolean isWorthStoring() {
        boolean worth = worthStoring;
        worthStoring = false;
        return worth;
    }

    private void remember(Memory seen, TicketKey known, boolean isNews) {
        worthStoring |= isNews || !seen.equals(memory) || !known.equals(key);
        memory = seen;
        key = known;
    }

    /** Tells what is due between two looks: what was held back after a restart, and once in an hour that nothing is new. */
    synchronized void remind(Instant now) {
        troubles.remind(clock.counted(now), log);
        log.still(ticketName());
    }

    private Optional<WaitEnd> failed(ServiceNowException failure, boolean end, boolean last, Instant now) {
        log.still(key);
        if (end) {
            return Optional.of(WaitEnd.failed(failure));
        }
        if (last && troubles.outlast(deadline(), now)) {
            String reason = "no decision on " + key + " in time, and the last looks failed: " + failure.getMessage();
            return Optional.of(WaitEnd.expired(new Ended(Outcome.EXPIRED, reason)));
        }
        return Optional.empty();
    }
}
