package io.jenkins.plugins.servicenowconnector.simulator.instance;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Work that the instance does a moment after the request that caused it, as flows do. */
public final class Later implements AutoCloseable {

    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "simulator-flow");
        thread.setDaemon(true);
        return thread;
    });
    private final Object monitor;
    private final Set<Runnable> waiting = new LinkedHashSet<>();

    /**
     * @param monitor held while the work is done, so that no request sees half of it
     */
    public Later(Object monitor) {
        this.monitor = monitor;
    }

    /** Does the work after the delay; at once, in the caller's own thread, when there is none. */
    public void after(Duration delay, Runnable work) {
        if (delay.isZero()) {
            work.run();
            return;
        }
        Runnable once = work::run;
        synchronized (monitor) {
            waiting.add(once);
        }
        alarm.schedule(() -> runIfWaiting(once), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does the work when {@link #hurry} is called, not before. */
    public void hold(Runnable work) {
        synchronized (monitor) {
            waiting.add(work::run);
        }
    }

    /** Does everything that is still waiting now. */
    public void hurry() {
        synchronized (monitor) {
            List.copyOf(waiting).forEach(this::runIfWaiting);
        }
    }

    /** Forgets everything that is still waiting. */
    public void forget() {
        synchronized (monitor) {
            waiting.clear();
        }
    }

    private void runIfWaiting(Runnable work) {
        synchronized (monitor) {
            if (waiting.remove(work)) {
                work.run();
            }
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
