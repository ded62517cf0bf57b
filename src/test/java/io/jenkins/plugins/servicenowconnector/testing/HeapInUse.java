package io.jenkins.plugins.servicenowconnector.testing;

import hudson.remoting.VirtualChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.security.MasterToSlaveCallable;

/**
 * Watches how much heap a node holds: what is left after a collection, asked ten times a second until it is stopped.
 *
 * <p>Garbage does not count: how much of it there is depends on the collector and on the room that it has.
 */
public final class HeapInUse {

    private static final double MEGABYTE = 1024 * 1024;

    private static final long PAUSE_MILLIS = 300;

    private final VirtualChannel channel;
    private final long before;
    private final AtomicLong most = new AtomicLong();
    private final AtomicLong samples = new AtomicLong();
    private final Thread watcher = new Thread(this::watch, "heap in use");
    private final CountDownLatch stopped = new CountDownLatch(1);

    private HeapInUse(VirtualChannel channel) throws Exception {
        this.channel = channel;
        channel.call(new Held());
        before = channel.call(new Held());
        most.set(before);
        watcher.start();
    }

    /** Begins to watch a node. */
    public static HeapInUse watch(VirtualChannel channel) throws Exception {
        return new HeapInUse(channel);
    }

    private void watch() {
        try {
            // a node that only collects does nothing else
            while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                most.accumulateAndGet(channel.call(new Held()), Math::max);
                samples.incrementAndGet();
            }
        } catch (Exception e) {
            throw new IllegalStateException("the node is gone", e);
        }
    }

    /** Ends the watch. */
    public HeapInUse stop() throws InterruptedException {
        stopped.countDown();
        watcher.join();
        return this;
    }

    /** How many bytes were held more than at the beginning, at most. */
    public long more() {
        return most.get() - before;
    }

    /** How often it was looked. */
    public long samples() {
        return samples.get();
    }

    @Override
    public String toString() {
        return "%.1f MB more than %.1f MB (%d looks)".formatted(more() / MEGABYTE, before / MEGABYTE, samples.get());
    }

    private static final class Held extends MasterToSlaveCallable<Long, RuntimeException> {

        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }
    }
}
