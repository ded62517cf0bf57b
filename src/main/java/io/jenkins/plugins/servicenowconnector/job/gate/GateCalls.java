package io.jenkins.plugins.servicenowconnector.job.gate;

import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Runs what gates do on threads that may wait for calls: neither the queue nor Jenkins' timer may. */
final class GateCalls {

    private GateCalls() {}

    static void run(Runnable work) {
        CallThreads.get().run(work);
    }

    /** Not before that moment. */
    static void runAt(Instant moment, Runnable work) {
        long millis = Math.max(0, Duration.between(Instant.now(), moment).toMillis());
        CallThreads.get().runLater(work, millis, TimeUnit.MILLISECONDS);
    }
}
