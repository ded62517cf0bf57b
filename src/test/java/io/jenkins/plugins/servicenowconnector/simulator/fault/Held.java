package io.jenkins.plugins.servicenowconnector.simulator.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds answers back until a test lets them go; while they are held, their requests do not stand among the last ones. */
public final class Held {

    private final AtomicInteger arrived = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    /** How many requests have met this. */
    public int arrived() {
        return arrived.get();
    }

    /** Lets all answers go, those of later requests too. */
    public void release() {
        released.countDown();
    }

    void hold() {
        arrived.incrementAndGet();
        try {
            released.await();
        } catch (InterruptedException e) {
            // the simulator is being closed
            Thread.currentThread().interrupt();
        }
    }
}
