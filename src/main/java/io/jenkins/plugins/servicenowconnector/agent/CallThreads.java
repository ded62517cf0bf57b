package io.jenkins.plugins.servicenowconnector.agent;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import hudson.security.ACL;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;

/**
 * The threads on which calls to ServiceNow are waited for: our own, as many as there are lanes at work, gone when nothing is
 * to be done.
 *
 * <p>Neither Pipeline's thread nor Jenkins' timer may wait for a call. What a lane has too much waits without a thread, so a
 * connector whose instance hangs holds up nobody else.
 */
@Extension
public class CallThreads {

    private static final Logger LOGGER = Logger.getLogger(CallThreads.class.getName());

    /** How long the work at hand may take when Jenkins goes down, before and after it is interrupted. */
    private static final int LAST_SECONDS = 2;

    /** How long after a thread could not be had it is asked for again. */
    private static final long AGAIN_MILLIS = 1_000;

    private final ThreadPoolExecutor pool;

    /** As Jenkins itself: nobody in particular asks for what is done in the background. */
    private final Executor threads;

    /** The lanes that have work. */
    private final Map<String, Line> lines = new HashMap<>();

    public CallThreads() {
        this(new NamingThreadFactory(new DaemonThreadFactory(), "ServiceNow call"));
    }

    CallThreads(ThreadFactory factory) {
        pool = create(factory);
        threads = new ImpersonatingExecutorService(pool, ACL.SYSTEM2);
    }

    /** The one set of threads of this Jenkins. */
    public static CallThreads get() {
        return ExtensionList.lookupSingleton(CallThreads.class);
    }

    /** Runs something that may wait for a call, as soon as its lane has a thread for it. */
    public void run(CallLane lane, Runnable work) {
        synchronized (lines) {
            Line line = lines.computeIfAbsent(lane.name(), name -> new Line());
            line.most = lane.most();
            line.waiting.add(work);
            begin(lane.name(), line);
        }
    }

    /** Gives a lane the threads that it may have and has work for. */
    private void begin(String name, Line line) {
        for (int more = Math.min(line.most - line.busy, line.waiting.size()); more > 0; more--) {
            line.busy++;
            try {
                threads.execute(() -> serve(name, line));
            } catch (RuntimeException | Error e) {
                // the system gives no more threads now: the work stays in its queue
                line.busy--;
                LOGGER.log(Level.WARNING, e, () -> "no thread for " + name + ", trying again");
                Timer.get().schedule(() -> beginAgain(name), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
        }
    }

    private void beginAgain(String name) {
        synchronized (lines) {
            Line line = lines.get(name);
            if (line != null) {
                begin(name, line);
            }
        }
    }

    /** Runs something that may wait for a call, but not before a time has passed. */
    public void runLater(CallLane lane, Runnable work, long delay, TimeUnit unit) {
        if (delay <= 0) {
            run(lane, work);
        } else {
            Timer.get().schedule(() -> run(lane, work), delay, unit);
        }
    }

    /** How many threads there are now, idle ones included. */
    int size() {
        return pool.getPoolSize();
    }

    /** Does a lane's work on this thread until there is no more of it. */
    private void serve(String name, Line line) {
        for (Runnable work = next(name, line); work != null; work = next(name, line)) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> "work for " + name + " failed");
            }
        }
    }

    private Runnable next(String name, Line line) {
        synchronized (lines) {
            if (line.busy <= line.most && !line.waiting.isEmpty() && !pool.isShutdown()) {
                // who gave up one piece of work has not given up the next
                Thread.interrupted();
                return line.waiting.remove();
            }
            line.busy--;
            if (line.busy == 0) {
                lines.remove(name, line);
            }
            return null;
        }
    }

    /** Whether Jenkins is going down: what fails now has not failed, it goes on when Jenkins is back. */
    public static boolean areEnding() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating() || get().pool.isShutdown();
    }

    private void end() {
        pool.shutdown();
        try {
            // what is being stored is not interrupted if it can be helped
            if (!pool.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                pool.shutdownNow();
                pool.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadPoolExecutor create(ThreadFactory factory) {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                factory,
                // what comes when Jenkins is going down is not begun
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Ends the threads with Jenkins, so that no call outlives it: before Pipelines are put away, because a step that ends while
     * its Pipeline is being stored is lost for both.
     */
    @Extension
    public static class AtShutdown extends ItemListener {

        @Override
        public void onBeforeShutdown() {
            get().end();
        }
    }

    /** What a lane does now, and what waits for its turn. */
    private static final class Line {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int busy;
        private int most;
    }
}
