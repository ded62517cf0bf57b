package io.jenkins.plugins.servicenowconnector.wait;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.poll.Agenda;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

    /** How long alarms keep apart: what comes due in the meantime shares requests. */
    private static final Duration APART = Duration.ofMillis(250);

    /** Who looks at what is settled without a call. */
    private static final CallLane PLANS = new CallLane("plans", 2);

    private final Agenda<String> agenda = new Agenda<>();
    private final Looks looks = new Looks(this);
    private final WaitEnds ends = new WaitEnds(this::addAgain);
    private final Map<String, Waiter> waiters = new ConcurrentHashMap<>();

    /** The waits whose last look found no agent. */
    private final Set<String> withoutAgent = ConcurrentHashMap.newKeySet();

    /** How many agents have come. */
    private final AtomicLong agents = new AtomicLong();

    /** How many agents had come when the look at a wait began that goes on. */
    private final Map<String, Long> agentsBefore = new ConcurrentHashMap<>();

    private ScheduledFuture<?> alarm;

    /** When the alarm rings, and when one rang last, by the clock of {@link System#nanoTime}. */
    private long alarmAt;

    private long lastAlarm = System.nanoTime() - APART.toNanos();

    /** The one register of this Jenkins. */
    public static Waits get() {
        return ExtensionList.lookupSingleton(Waits.class);
    }

    /** Adds a wait; its first look comes at once. */
    public void add(Waiter waiter) {
        add(waiter, Instant.now());
    }

    /** The same for one whose end could not be passed on; not at once, in case that goes on. */
    private void addAgain(Waiter waiter) {
        add(waiter, Instant.now().plus(waiter.approval().interval()));
    }

    private void add(Waiter waiter, Instant first) {
        ApprovalWait wait = waiter.approval();
        waiters.put(wait.id(), waiter);
        agenda.add(wait.id(), wait.target(), wait.interval(), wait.deadline(), first);
        setAlarm();
    }

    /** Forgets a wait; no look at it begins after this. */
    public void remove(Waiter waiter) {
        waiters.remove(waiter.approval().id());
        forget(waiter.approval().id());
    }

    private void forget(String id) {
        agenda.remove(id);
        withoutAgent.remove(id);
        agentsBefore.remove(id);
    }

    /** Everybody who waits now, in no order. */
    public List<Waiter> all() {
        return List.copyOf(waiters.values());
    }

    /** The one whose wait has this id; empty if it is over. */
    public Optional<Waiter> byId(String id) {
        return Optional.ofNullable(waiters.get(id));
    }

    /**
     * Has a wait looked at as soon as its connector's budget allows, once more if it is being looked at; nothing happens if it is
     * over.
     */
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

    /** Has the waits looked at that had no agent for their last look: one may be back. */
    void agentCame() {
        // first: a look that finds none from now on sees that one has come meanwhile
        agents.incrementAndGet();
        Instant now = Instant.now();
        withoutAgent.forEach(id -> agenda.hurry(id, now));
        setAlarm();
    }

    /** Whether this one still waits. */
    boolean isThere(Waiter waiter) {
        return waiters.get(waiter.approval().id()) == waiter;
    }

    /** Sets the alarm for the next wait that is due; alarms keep apart, so that waits that begin together are looked at together. */
    private synchronized void setAlarm() {
        Instant next = agenda.next().orElse(null);
        if (next == null) {
            return;
        }
        long now = System.nanoTime();
        long due = now + Duration.between(Instant.now(), next).toNanos();
        long at = Math.max(Math.max(due, now), lastAlarm + APART.toNanos());
        if (alarm == null || alarm.isDone() || at < alarmAt) {
            if (alarm != null) {
                alarm.cancel(false);
            }
            alarmAt = at;
            alarm = Timer.get().schedule(this::ring, at - now, TimeUnit.NANOSECONDS);
        }
    }

    private void ring() {
        synchronized (this) {
            lastAlarm = System.nanoTime();
            alarm = null;
        }
        try {
            agenda.take(Instant.now()).forEach(this::begin);
        } finally {
            setAlarm();
        }
    }

    private void begin(Target target, List<String> ids) {
        try {
            long before = agents.get();
            ids.forEach(id -> {
                agentsBefore.put(id, before);
                if (!waiters.containsKey(id)) {
                    // removed meanwhile
                    agentsBefore.remove(id);
                }
            });
            CallThreads.get().run(PLANS, () -> plan(target, ids));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "planning a look failed, it is tried again");
            done(there(ids));
        }
    }

    private List<Waiter> there(List<String> ids) {
        return ids.stream().map(waiters::get).filter(Objects::nonNull).toList();
    }

    /** Has the logs say what is due without a look. */
    void remind() {
        waiters.values().forEach(waiter -> waiter.approval().remind(Instant.now()));
    }

    private void plan(Target target, List<String> ids) {
        looks.at(target, there(ids));
    }

    /** They were looked at, or could not be; they are due again in their own time. */
    void done(Collection<Waiter> looked) {
        for (Waiter waiter : looked) {
            ApprovalWait wait = waiter.approval();
            Instant now = Instant.now();
            agenda.postpone(wait.id(), wait.lastLook(now));
            agenda.done(wait.id(), now);
        }
        setAlarm();
    }

    /**
     * Takes note of what a look at a ticket gave.
     *
     * @param approverRejected whether an approver rejected, where the wait asks for that
     * @param asked when the look began, on Jenkins' clock
     */
    void settle(Waiter waiter, Reading reading, boolean approverRejected, Instant asked) {
        if (!isThere(waiter)) {
            return;
        }
        try {
            ApprovalWait wait = waiter.approval();
            note(wait, reading.failure());
            Optional<WaitEnd> end = wait.take(reading, approverRejected, asked);
            if (end.isPresent() && waiters.remove(wait.id(), waiter)) {
                forget(wait.id());
                ends.end(waiter, end.get());
                return;
            }
            if (reading.failure() == null) {
                Duration left = wait.sight().untilWindow();
                agenda.expect(wait.id(), left == null ? null : Instant.now().plus(left));
            }
            if (wait.isWorthStoring()) {
                waiter.changed();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "judging a look failed, the ticket is looked at again");
        }
    }

    private void note(ApprovalWait wait, ServiceNowException failure) {
        if (failure != null && failure.kind() == Kind.NO_AGENT) {
            withoutAgent.add(wait.id());
            if (!waiters.containsKey(wait.id())) {
                // removed meanwhile
                withoutAgent.remove(wait.id());
            }
            if (agents.get() != agentsBefore.getOrDefault(wait.id(), agents.get())) {
                agenda.hurry(wait.id(), Instant.now());
            }
        } else {
            withoutAgent.remove(wait.id());
        }
    }

    /** Looks at once when an agent comes back, as agents do after a restart. */
    @Extension
    public static class AgentsComing extends ComputerListener {

        @Override
        public void onOnline(Computer computer, TaskListener listener) {
            Waits.get().agentCame();
        }

        @Override
        public void onTemporarilyOnline(Computer computer) {
            Waits.get().agentCame();
        }
    }
}
