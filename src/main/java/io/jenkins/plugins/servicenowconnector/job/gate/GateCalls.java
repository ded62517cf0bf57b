package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Runs what gates do on threads that may wait for calls, those of their connector: neither the queue nor Jenkins' timer may.
 *
 * @param connector the id or name of the connector; null for the default
 * @param place from where upwards the connector is looked for
 * @param job whose gate it is
 */
record GateCalls(String connector, Item place, Job<?, ?> job) {

    /** Work that makes no call, and so waits for nobody's that hangs. */
    void runWithoutCalls(Runnable work) {
        CallThreads.get().run(ConnectorLane.WAITS.of(connector, place, job), work);
    }

    void run(Runnable work) {
        CallThreads.get().run(ConnectorLane.GATES.of(connector, place, job), work);
    }

    /** Not before that moment. */
    void runAt(Instant moment, Runnable work) {
        long millis = Math.max(0, Duration.between(Instant.now(), moment).toMillis());
        CallThreads.get().runLater(ConnectorLane.GATES.of(connector, place, job), work, millis, TimeUnit.MILLISECONDS);
    }
}
