package io.jenkins.plugins.servicenowconnector.wait;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Agenda;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * All approvals that are waited for in this Jenkins: one alarm for all of them, one request for many.
 *
 * <p>A wait holds no thread: Jenkins' timer is the alarm clock, the calls are made on threads of our own.
 */
@Extension
public class Waits {

    private static final Logger LOGGER = Logger.getLogger(Waits.class.getName());

    private final Agenda<String> agenda = new Agenda<>();
    private final PollBudget budget = new PollBudget();
    private final Map<String, Waiter> waiters = new ConcurrentHashMap<>();
    private ScheduledFuture<?> alarm;

    /** The one register of this Jenkins. */
    public static Waits get() {
        return ExtensionList.lookupSingleton(Waits.class);
    }

    /** Adds a wait; its first look comes at once. */
    public void add(Waiter waiter) {
        ApprovalWait wait = waiter.approval();
        waiters.put(wait.id(), waiter);
        agenda.add(wait.id(), wait.target(), wait.interval(), wait.deadline(), Instant.now());
        setAlarm();
    }

    /** Forgets a wait; no look at it begins after this. */
    public void remove(Waiter waiter) {
        waiters.remove(waiter.approval().id());
        agenda.remove(waiter.approval().id());
    }

    /** Everybody who waits now, in no order. */
    public List<Waiter> all() {
        return List.copyOf(waiters.values());
    }

    /** The one whose wait has this id; empty if it is over. */
    public Optional<Waiter> byId(String id) {
        return Optional.ofNullable(waiters.get(id));
    }

    /** Has a wait looked at as soon as its connector's budget allows; nothing happens if it is over or being looked at. */
    public void hurry(ApprovalWait wait) {
        agenda.hurry(wait.id(), Instant.now());
        setAlarm();
    }

    /** When the next look at a wait is due; empty while it is being looked at. */
    public Optional<Instant> nextLook(ApprovalWait wait) {
        return agenda.next(wait.id());
    }

    /** How many waits there are. */
    public int size() {
        return agenda.size();
    }

    private synchronized void setAlarm() {
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarm = agenda.next()
                .map(next -> Math.max(0, Duration.between(Instant.now(), next).toMillis()))
                .map(delay -> (ScheduledFuture<?>) Timer.get().schedule(this::ring, delay, TimeUnit.MILLISECONDS))
                .orElse(null);
    }

    private void ring() {
        agenda.take(Instant.now()).forEach((target, ids) -> CallThreads.get().run(() -> plan(target, ids)));
        setAlarm();
    }

    /** Gives each connector's looks their place in its budget; the same word can mean another connector in another folder. */
    private void plan(Target target, List<String> ids) {
        Set<String> unplanned = new LinkedHashSet<>(ids);
        try {
            byConnector(target, ids).forEach((connector, due) -> {
                List<String> planned =
                        due.stream().map(waiter -> waiter.approval().id()).toList();
                Duration apart = Connectors.betweenPolls(connector, target.table());
                long delay = budget.reserve(
                                connector.key(), pollsAMinute(connector), target.table(), apart, Instant.now())
                        .toMillis();
                CallThreads.get().runLater(() -> lookAt(target, planned), delay, TimeUnit.MILLISECONDS);
                unplanned.removeAll(planned);
            });
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "planning looks at " + ids.size() + " tickets failed, it is tried again");
        } finally {
            done(unplanned);
        }
    }

    /** A limit that cannot be read is none. */
    private static int pollsAMinute(FoundConnector connector) {
        try {
            return connector.pollsAMinute();
        } catch (ServiceNowException e) {
            return Integer.MAX_VALUE;
        }
    }

    private void lookAt(Target target, List<String> ids) {
        try {
            for (Map.Entry<FoundConnector, List<Waiter>> group :
                    byConnector(target, ids).entrySet()) {
                look(group.getKey(), target, group.getValue());
            }
        } catch (InterruptedException e) {
            // Jenkins is going down: the builds carry their waits over
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "looking at " + ids.size() + " tickets failed, they are looked at again");
        } finally {
            done(ids);
        }
    }

    private void done(Collection<String> ids) {
        ids.forEach(id -> agenda.done(id, Instant.now()));
        setAlarm();
    }

    private void look(FoundConnector found, Target target, List<Waiter> due) throws InterruptedException {
        try {
            ConnectorUse use =
                    ConnectorUse.by(null).on(target.table(), Operation.READ).from(target.label());
            OpenConnector connector = Connectors.open(found, use, null);
            Map<TicketKey, Reading> readings = new TicketReader(connector.instance()).look(target.table(), wanted(due));
            for (Waiter waiter : due) {
                judge(waiter, readings.get(waiter.approval().key()), connector);
            }
        } catch (ServiceNowException e) {
            due.forEach(waiter -> settle(waiter, Reading.failed(e), false));
        }
    }

    /** The waits that are still there, by the connector that their jobs mean; one whose job may use none is settled. */
    private Map<FoundConnector, List<Waiter>> byConnector(Target target, List<String> ids) {
        Map<FoundConnector, List<Waiter>> groups = new LinkedHashMap<>();
        ids.stream().map(waiters::get).filter(Objects::nonNull).forEach(waiter -> {
            try {
                FoundConnector found = Connectors.find(target.connector(), waiter.job());
                groups.computeIfAbsent(found, each -> new ArrayList<>()).add(waiter);
            } catch (ServiceNowException e) {
                settle(waiter, Reading.failed(e), false);
            }
        });
        return groups;
    }

    /** Settles one wait; whatever fails here is this wait's alone. */
    private void judge(Waiter waiter, Reading reading, OpenConnector connector) throws InterruptedException {
        try {
            settle(waiter, reading, approverRejected(waiter.approval(), reading, connector));
        } catch (ServiceNowException e) {
            settle(waiter, Reading.failed(e), false);
        }
    }

    private void settle(Waiter waiter, Reading reading, boolean approverRejected) {
        try {
            ApprovalWait wait = waiter.approval();
            Optional<WaitEnd> end = wait.take(reading, approverRejected, Instant.now());
            if (end.isPresent() && waiters.remove(wait.id(), waiter)) {
                agenda.remove(wait.id());
                waiter.ended(end.get());
            } else if (wait.isWorthStoring()) {
                waiter.changed();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "judging a look failed, the ticket is looked at again");
        }
    }

    private static boolean approverRejected(ApprovalWait wait, Reading reading, OpenConnector connector)
            throws ServiceNowException, InterruptedException {
        return reading.ticket() != null
                && wait.asksApprovers(reading.ticket())
                && new Approvers(connector.instance())
                        .rejectedSince(reading.ticket().sysId(), wait.beyondNewSince());
    }

    private static Map<TicketKey, Set<String>> wanted(List<Waiter> waiters) {
        Map<TicketKey, Set<String>> wanted = new LinkedHashMap<>();
        waiters.forEach(waiter -> wanted.computeIfAbsent(waiter.approval().key(), key -> new LinkedHashSet<>())
                .addAll(waiter.approval().fields()));
        return wanted;
    }
}
