package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Answers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One look at tickets that are asked for together: each is judged as soon as it is read, so that nobody waits for another.
 *
 * <p>Those that can only be judged with the answers of their approvers come last, with one question for all of them, on a
 * thread that nobody else waits for.
 */
final class SharedLook {

    private static final Logger LOGGER = Logger.getLogger(SharedLook.class.getName());

    private final Waits waits;
    private final TicketReader reader;
    private final Approvers approvers;
    private final String table;

    // a decision may be made while the answer is on its way: what was asked before the deadline is not the last look
    private final Instant asked = Instant.now();

    /** Those who were neither given back yet nor left for later. */
    private final Set<Waiter> open;

    private final Map<Waiter, Reading> unjudged = new LinkedHashMap<>();

    /**
     * @param open those who are looked at; whoever is judged and given back, or left for later, is taken out
     */
    SharedLook(Waits waits, Instance instance, String table, Set<Waiter> open) {
        this.waits = waits;
        this.reader = new TicketReader(instance);
        this.approvers = new Approvers(instance);
        this.table = table;
        this.open = open;
    }

    /** Who gets a reading. */
    private interface Taker {
        void take(Waiter waiter, Reading reading) throws ServiceNowException;
    }

    /**
     * Reads the tickets of these, and judges all that can be judged with that.
     *
     * @return whether some are left, which are to be judged by {@link #askApprovers}
     */
    boolean at(Collection<Waiter> waiters) throws InterruptedException {
        read(waiters, this::judge);
        open.removeAll(unjudged.keySet());
        return !unjudged.isEmpty();
    }

    private void read(Collection<Waiter> waiters, Taker taker) throws InterruptedException {
        // a wait asks by another key when it has seen its ticket
        Map<TicketKey, List<Waiter>> byKey = new LinkedHashMap<>();
        Map<TicketKey, Set<String>> wanted = new LinkedHashMap<>();
        for (Waiter waiter : waiters) {
            TicketKey key = waiter.approval().key();
            byKey.computeIfAbsent(key, each -> new ArrayList<>()).add(waiter);
            wanted.computeIfAbsent(key, each -> new LinkedHashSet<>())
                    .addAll(waiter.approval().fields());
        }
        reader.look(table, wanted, (key, reading) -> byKey.get(key).forEach(waiter -> take(waiter, reading, taker)));
    }

    /** Whatever fails here is this wait's alone. */
    private void take(Waiter waiter, Reading reading, Taker taker) {
        try {
            taker.take(waiter, reading);
        } catch (ServiceNowException e) {
            settle(waiter, Reading.failed(e), false);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "judging a look failed, the ticket is looked at again");
            giveBack(waiter);
        }
    }

    private void judge(Waiter waiter, Reading reading) {
        if (waiter.approval().asksApprovers(reading)) {
            unjudged.put(waiter, reading);
        } else {
            settle(waiter, reading, false);
        }
    }

    /** Judges those that are left, and gives back all of them. */
    void askApprovers() {
        try {
            askAll();
        } catch (InterruptedException e) {
            // Jenkins is going down: the builds carry their waits over
            Thread.currentThread().interrupt();
        } finally {
            List.copyOf(unjudged.keySet()).forEach(this::giveBack);
        }
    }

    private void askAll() throws InterruptedException {
        List<String> all = new ArrayList<>();
        Set<String> sure = new LinkedHashSet<>();
        unjudged.forEach((waiter, reading) -> {
            String sysId = reading.ticket().sysId();
            all.add(sysId);
            if (waiter.approval().asksWhoApproved(reading)) {
                sure.add(sysId);
            }
        });
        try {
            judge(approvers.answers(all, sure), sure);
        } catch (ServiceNowException e) {
            Map.copyOf(unjudged)
                    .forEach((waiter, seen) ->
                            take(waiter, seen, (each, reading) -> settle(each, unanswered(each, reading, e), false)));
        }
    }

    /** Who may not read approvers waits on for a change that was sent back; only who approved must be known for certain. */
    private static Reading unanswered(Waiter waiter, Reading reading, ServiceNowException failure) {
        boolean refused = failure.kind() == Kind.FORBIDDEN || failure.kind() == Kind.NOT_FOUND;
        return refused && !waiter.approval().asksWhoApproved(reading)
                ? reading.noting(
                        "Whether an approver has rejected it cannot be read, so that it counts as taken back by"
                                + " its requester: " + failure.sentence())
                : Reading.failed(failure);
    }

    /** Judges with the approvers' answers; tickets that became old meanwhile are read again first, all together. */
    private void judge(Map<String, Answers> answers, Set<String> sure) throws InterruptedException {
        List<Waiter> old = new ArrayList<>();
        Map.copyOf(unjudged).forEach((waiter, seen) -> {
            // a decision rests on an answer not older than one retry interval
            if (seen.age().compareTo(waiter.approval().interval()) > 0) {
                old.add(waiter);
            } else {
                take(waiter, seen, (each, reading) -> judge(each, reading, answers, sure));
            }
        });
        if (!old.isEmpty()) {
            read(old, (waiter, reading) -> judge(waiter, reading, answers, sure));
        }
    }

    private void judge(Waiter waiter, Reading reading, Map<String, Answers> answers, Set<String> sure)
            throws ServiceNowException {
        ApprovalWait wait = waiter.approval();
        if (!wait.asksApprovers(reading)) {
            settle(waiter, reading, false);
            return;
        }
        String sysId = reading.ticket().sysId();
        Answers given = answers.get(sysId);
        if (given == null || wait.asksWhoApproved(reading) && !sure.contains(sysId)) {
            // it has become something else meanwhile, about which the approvers were not asked
            giveBack(waiter);
        } else {
            settle(waiter, reading, wait.hear(reading, given));
        }
    }

    private void settle(Waiter waiter, Reading reading, boolean approverRejected) {
        waits.settle(waiter, reading, approverRejected, asked);
        giveBack(waiter);
    }

    private void giveBack(Waiter waiter) {
        if (unjudged.remove(waiter) != null || open.remove(waiter)) {
            waits.done(List.of(waiter));
        }
    }
}
