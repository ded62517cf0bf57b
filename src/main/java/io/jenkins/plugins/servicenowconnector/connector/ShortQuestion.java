package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an instance while somebody waits before a form: at most four at a time in all of Jenkins, none over five seconds. */
public final class ShortQuestion {

    private static final int MOST_AT_A_TIME = 4;
    private static final long PATIENCE_MILLIS = 5_000;

    private static final CallLane FORMS = new CallLane("forms", MOST_AT_A_TIME);
    private static final Semaphore TURNS = new Semaphore(MOST_AT_A_TIME);

    private ShortQuestion() {}

    /**
     * Asks, on a thread of our own.
     *
     * @param question makes the calls; what it throws is thrown here
     * @throws ServiceNowException {@link Kind#TIMEOUT} if there was no turn or no answer in time
     */
    public static <T> T ask(Callable<T> question) throws ServiceNowException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        FutureTask<T> task = new FutureTask<>(question);
        if (!TURNS.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            throw ServiceNowException.noAnswer(Kind.TIMEOUT, Messages.ShortQuestion_busy(), false, null);
        }
        try {
            CallThreads.get().run(FORMS, task);
            // waiting for a turn is part of the five seconds
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw ServiceNowException.noAnswer(Kind.TIMEOUT, Messages.ShortQuestion_slow(), true, null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceNowException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            task.cancel(true);
            TURNS.release();
        }
    }
}
