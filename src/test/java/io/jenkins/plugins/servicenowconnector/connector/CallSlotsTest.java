package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.Method;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls of a connector may be made at one moment, and for what. */
class CallSlotsTest {

    private static final Request REQUEST = new Request(
            Method.GET, URI.create("https://example.service-now.com/x"), Map.of(), null, null, Limits.DEFAULT);

    private final CallSlots slots = new CallSlots();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    private final Transport hanging = request -> {
        calls.incrementAndGet();
        answered.await();
        return null;
    };

    @AfterEach
    void answer() {
        answered.countDown();
        callers.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "4, 3", "8, 6"})
    void waitsLeaveCallsToSteps(int limit, int mostForWaits) {
        CallSlots.Slots own = slots.of("global:prod", limit);
        for (int call = 0; call < limit; call++) {
            callers.submit(() -> own.forWaits(hanging).send(REQUEST));
        }
        await().until(() -> own.waits().getQueueLength() == limit - mostForWaits && calls.get() == mostForWaits);

        callers.submit(() -> own.over(hanging).send(REQUEST));

        await().until(() -> calls.get() == mostForWaits + 1);
    }

    @Test
    void withOneCallWaitsAndStepsTakeTurns() throws Exception {
        CallSlots.Slots own = slots.of("global:prod", 1);
        AtomicInteger done = new AtomicInteger();
        Transport quick = request -> {
            done.incrementAndGet();
            return null;
        };

        own.forWaits(quick).send(REQUEST);
        own.over(quick).send(REQUEST);

        assertThat(done).hasValue(2);
    }

    @Test
    void slotsAreSharedUntilTheLimitChanges() {
        CallSlots.Slots own = slots.of("global:prod", 4);

        assertThat(slots.of("global:prod", 4)).isSameAs(own);
        assertThat(slots.of("folder:prod", 4)).isNotSameAs(own);
        assertThat(slots.of("global:prod", 5)).isNotSameAs(own);
    }
}
