package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Reading;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at the tickets that are due: one request for many, within the budget and on the threads of their connector.
 *
 * <p>Waits that come due while others of their kind still wait for their request share it.
 */
final class Looks {

    private static final Logger LOGGER = Logger.getLogger(Looks.class.getName());

    private final Waits waits;
    private final PollBudget budget = new PollBudget();
    private final Map<Share, Gathered> gathered = new HashMap<>();

    Looks(Waits waits) {
        this.waits = waits;
    }

    /**
     * What waits must have in common to share a request.
     *
     * @param connector the connector's key: in another folder the same word can mean another one
     * @param field by what the tickets are asked for: number or sys_id
     */
    private record Share(String connector, Target target, String field) {}

    /** Waits that are due, and how many requests are on their way for them. */
    private static final class Gathered {
        private final Deque<Waiter> due = new ArrayDeque<>();
        private int most = Integer.MAX_VALUE;
        private int requests;
    }

    /** Has waits on one target looked at as soon as their connectors allow; each is done exactly once, whatever fails. */
    void at(Target target, Collection<Waiter> due) {
        Map<FoundConnector, Optional<ServiceNowException>> unreachable = new HashMap<>();
        // all first: a request that leaves before its tick is together takes too few with it
        Map<Share, List<Waiter>> together = new LinkedHashMap<>();
        Map<Share, FoundConnector> connectors = new HashMap<>();
        for (Waiter waiter : due) {
            try {
                FoundConnector found = Connectors.find(target.connector(), waiter.place(), waiter.job());
                Optional<ServiceNowException> reason =
                        unreachable.computeIfAbsent(found, each -> unreachable(each, target));
                if (reason.isPresent()) {
                    // no request is spent on it
                    throw reason.get();
                }
                // after a restart without its connector the criteria are read now: they say which fields to ask for
                waiter.approval().follow(found);
                Share share =
                        new Share(found.key(), target, waiter.approval().key().field());
                together.computeIfAbsent(share, each -> new ArrayList<>()).add(waiter);
                connectors.putIfAbsent(share, found);
            } catch (ServiceNowException e) {
                waits.settle(waiter, Reading.failed(e), false, Instant.now());
                waits.done(List.of(waiter));
            } catch (RuntimeException e) {
                notPlanned(List.of(waiter), e);
            }
        }
        together.forEach((share, waiters) -> {
            try {
                gather(share, connectors.get(share), waiters);
            } catch (RuntimeException e) {
                notPlanned(waiters, e);
            }
        });
    }

    private void notPlanned(List<Waiter> waiters, RuntimeException failure) {
        LOGGER.log(Level.WARNING, failure, () -> "planning a look failed, it is tried again");
        waits.done(waiters);
    }

    /** Why no node can make the call now; empty if one can. */
    private static Optional<ServiceNowException> unreachable(FoundConnector found, Target target) {
        try {
            Connectors.checkAgent(found, target.label());
            return Optional.empty();
        } catch (ServiceNowException e) {
            return Optional.of(e);
        }
    }

    private void gather(Share share, FoundConnector found, List<Waiter> waiters) {
        int more = 0;
        int most = most(share, found, waiters);
        synchronized (gathered) {
            Gathered same = gathered.computeIfAbsent(share, each -> new Gathered());
            same.due.addAll(waiters);
            same.most = Math.min(same.most, most);
            while (same.due.size() > same.requests * same.most) {
                same.requests++;
                more++;
            }
        }
        for (; more > 0; more--) {
            long delay = spend(found, share.target().table()).toMillis();
            CallThreads.get().runLater(ConnectorLane.POLLS.of(found), () -> look(share), delay, TimeUnit.MILLISECONDS);
        }
    }

    /** How many tickets fit into one request, with the fields that these waits need. */
    private static int most(Share share, FoundConnector found, List<Waiter> waiters) {
        Set<String> fields = new LinkedHashSet<>();
        List<TicketKey> keys = new ArrayList<>();
        for (Waiter waiter : waiters) {
            fields.addAll(waiter.approval().fields());
            keys.add(waiter.approval().key());
        }
        return TicketReader.most(found.getUrl(), share.target().table(), keys, fields);
    }

    /** Spends one request of a connector's budget; says how long to wait before it. */
    private Duration spend(FoundConnector found, String table) {
        // not the clock on the wall: if that is set back, nothing may be looked at until it is where it was
        Instant now = Instant.EPOCH.plusNanos(System.nanoTime());
        Duration apart = Connectors.betweenPolls(found, table);
        return budget.reserve(found.key(), pollsAMinute(found), table, apart, now);
    }

    /** A limit that cannot be read is refused when the connector is opened. */
    private static int pollsAMinute(FoundConnector connector) {
        try {
            return connector.pollsAMinute();
        } catch (ServiceNowException e) {
            return Integer.MAX_VALUE;
        }
    }

    private List<Waiter> take(Share share) {
        synchronized (gathered) {
            Gathered same = gathered.get(share);
            List<Waiter> due = new ArrayList<>();
            while (due.size() < same.most && !same.due.isEmpty()) {
                due.add(same.due.remove());
            }
            same.requests--;
            if (same.requests == 0) {
                gathered.remove(share);
            }
            return due;
        }
    }

    private void look(Share share) {
        List<Waiter> due = take(share);
        Set<Waiter> open = new LinkedHashSet<>(due);
        try {
            look(share, allowed(share, due), open);
        } catch (InterruptedException e) {
            // Jenkins is going down: the builds carry their waits over
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> "looking at " + due.size() + " tickets failed, they are looked at again");
        } finally {
            waits.done(open);
        }
    }

    /**
     * Those who still wait and still mean this connector, with the connector as it is now; one whose job may use none is
     * settled, one that means another connector now is looked at next time.
     */
    private Map<Waiter, FoundConnector> allowed(Share share, List<Waiter> due) {
        Map<Waiter, FoundConnector> allowed = new LinkedHashMap<>();
        for (Waiter waiter : due) {
            try {
                FoundConnector found = Connectors.find(share.target().connector(), waiter.place(), waiter.job());
                if (waits.isThere(waiter) && found.key().equals(share.connector())) {
                    waiter.approval().follow(found);
                    allowed.put(waiter, found);
                }
            } catch (ServiceNowException e) {
                waits.settle(waiter, Reading.failed(e), false, Instant.now());
            }
        }
        return allowed;
    }

    private void look(Share share, Map<Waiter, FoundConnector> due, Set<Waiter> open) throws InterruptedException {
        if (due.isEmpty()) {
            return;
        }
        FoundConnector found = due.values().iterator().next();
        String table = share.target().table();
        AtomicBoolean spent = new AtomicBoolean();
        // one was spent before; halves of an address that was too long, or approvers, come on top
        Runnable told = () -> {
            if (!spent.compareAndSet(false, true)) {
                spend(found, table);
            }
        };
        try {
            ConnectorUse use = ConnectorUse.by(null)
                    .on(table, Operation.READ)
                    .from(share.target().label());
            OpenConnector connector = Connectors.open(found, use, null, told);
            SharedLook look = new SharedLook(waits, connector.instance(), table, open);
            if (look.at(due.keySet())) {
                CallThreads.get().run(ConnectorLane.APPROVERS.of(found), look::askApprovers);
            }
        } catch (ServiceNowException e) {
            due.keySet().forEach(waiter -> waits.settle(waiter, Reading.failed(e), false, Instant.now()));
        }
    }
}
