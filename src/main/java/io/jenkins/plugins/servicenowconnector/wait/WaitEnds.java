package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Answers;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approvers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/**
 * Ends waits, those that go on apart from all others, and asks before who decided: for many with one question, and not for
 * long, because the answer is for the log only.
 */
final class WaitEnds {

    private static final Logger LOGGER = Logger.getLogger(WaitEnds.class.getName());

    /** How long after a decision a build goes on without the names. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** So many tickets are surely asked for with one request. */
    private static final int TOGETHER = 40;

    private final Consumer<Waiter> again;
    private final Map<Asked, Deque<Ended>> waiting = new HashMap<>();

    /** @param again takes whose end could not be passed on: they are looked at again */
    WaitEnds(Consumer<Waiter> again) {
        this.again = again;
    }

    /** What waits must have in common to be asked for together. */
    private record Asked(String connector, Target target) {}

    /** @param nanos since when it waits for its turn, by the clock of {@link System#nanoTime} */
    private record Ended(Waiter waiter, WaitEnd end, long nanos) {

        String sysId() {
            return end.ticket().sysId();
        }

        Ended with(WaitEnd other) {
            return new Ended(waiter, other, nanos);
        }
    }

    /** Ends a wait on another thread: many may end in the same second, and storing each takes its time. */
    void end(Waiter waiter, WaitEnd end) {
        try {
            askOrPass(waiter, end);
        } catch (RuntimeException e) {
            again(waiter, e);
        }
    }

    private void again(Waiter waiter, RuntimeException failure) {
        LOGGER.log(Level.WARNING, failure, () -> "ending a wait failed, its ticket is looked at again");
        again.accept(waiter);
    }

    private void askOrPass(Waiter waiter, WaitEnd end) {
        if (!waiter.asksWhoDecided() || !end.isSomebodysDecision() || end.approvers() != null) {
            pass(waiter, end);
            return;
        }
        Target target = waiter.approval().target();
        try {
            FoundConnector found = Connectors.find(target.connector(), waiter.place(), waiter.job());
            Asked asked = new Asked(found.key(), target);
            if (isFirst(asked, new Ended(waiter, end, System.nanoTime()))) {
                CallThreads.get().run(ConnectorLane.NAMES.of(found), () -> ask(asked, found));
            }
        } catch (ServiceNowException e) {
            pass(waiter, end.unnamed(e));
        }
    }

    /** Those who come while a question is on its way share the next. */
    private boolean isFirst(Asked asked, Ended ended) {
        synchronized (waiting) {
            Deque<Ended> same = waiting.get(asked);
            boolean first = same == null;
            if (first) {
                same = new ArrayDeque<>();
                waiting.put(asked, same);
            }
            same.add(ended);
            return first;
        }
    }

    private List<Ended> take(Asked asked) {
        synchronized (waiting) {
            Deque<Ended> same = waiting.get(asked);
            List<Ended> taken = new ArrayList<>();
            while (taken.size() < TOGETHER && !same.isEmpty()) {
                taken.add(same.remove());
            }
            if (taken.isEmpty()) {
                waiting.remove(asked);
            }
            return taken;
        }
    }

    private void ask(Asked asked, FoundConnector found) {
        for (List<Ended> batch = take(asked); !batch.isEmpty(); batch = take(asked)) {
            try {
                pass(batch, naming(asked.target(), found, batch));
            } catch (InterruptedException e) {
                // Jenkins is going down: the builds carry their waits over
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What makes of each end one that knows who decided, or why nobody can say. */
    private static UnaryOperator<Ended> naming(Target target, FoundConnector found, List<Ended> batch)
            throws InterruptedException {
        try {
            Map<String, Answers> answers = answers(target, found, batch);
            return each -> each.with(named(each.end(), answers.get(each.sysId())));
        } catch (ServiceNowException e) {
            return each -> each.with(each.end().unnamed(e));
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "asking who decided failed");
            return each -> each;
        }
    }

    /** Whatever fails here is one wait's alone. */
    private void pass(List<Ended> batch, UnaryOperator<Ended> naming) {
        for (Ended each : batch) {
            try {
                pass(each.waiter(), naming.apply(each).end());
            } catch (RuntimeException e) {
                again(each.waiter(), e);
            }
        }
    }

    private static Map<String, Answers> answers(Target target, FoundConnector found, List<Ended> batch)
            throws ServiceNowException, InterruptedException {
        Duration left = PATIENCE.minusNanos(System.nanoTime() - batch.get(0).nanos());
        ConnectorUse use =
                ConnectorUse.by(null).on(target.table(), Operation.READ).from(target.label());
        OpenConnector connector = Connectors.open(found, use, null);
        List<String> sysIds = batch.stream().map(Ended::sysId).toList();
        return within(left, () -> new Approvers(connector.instance()).answers(sysIds, sysIds));
    }

    private static WaitEnd named(WaitEnd end, Answers answers) {
        try {
            return end.named(answers.decided());
        } catch (ServiceNowException e) {
            return end.unnamed(e);
        }
    }

    /** Asks on this thread, which is interrupted when the time is over. */
    private static <T> T within(Duration patience, Callable<T> question)
            throws ServiceNowException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(question);
        long millis = Math.max(0, patience.toMillis());
        Future<?> alarm = Timer.get().schedule(() -> task.cancel(true), millis, TimeUnit.MILLISECONDS);
        try {
            task.run();
            return task.get();
        } catch (CancellationException e) {
            // the alarm's own
            Thread.interrupted();
            throw ServiceNowException.noAnswer(
                    Kind.TIMEOUT,
                    "ServiceNow has not said so within " + DurationText.format(PATIENCE) + ".",
                    true,
                    null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceNowException known) {
                throw known;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            alarm.cancel(false);
        }
    }

    /** Who goes on makes no call any more, and so waits for none that others make. */
    private static void pass(Waiter waiter, WaitEnd end) {
        ConnectorLane lane = end.outcome() == Outcome.APPROVED ? ConnectorLane.PASSES : ConnectorLane.ENDS;
        String connector = waiter.approval().target().connector();
        CallThreads.get().run(lane.of(connector, waiter.place(), waiter.job()), () -> waiter.ended(end));
    }
}
