package io.jenkins.plugins.servicenowconnector.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallThreadsTest {

    private final CallThreads threads = new CallThreads();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void letGo() {
        hanging.countDown();
    }

    @Test
    void aLaneThatHangsHoldsItsThreadsOnlyAndNobodyElse() throws Exception {
        for (int work = 0; work < 100; work++) {
            threads.run(new CallLane("hangs", 4), this::hang);
        }
        await().until(() -> begun.get() == 4);
        // who is done gives its lane a thread back a moment later, so all begin before any goes on
        CountDownLatch all = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);
        for (int work = 0; work < 100; work++) {
            threads.run(new CallLane("works " + work % 5, 2), () -> {
                awaitOpen(all);
                done.countDown();
            });
        }
        assertThat(threads.size()).isEqualTo(4 + 5 * 2);

        all.countDown();
        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(begun).hasValue(4);

        hanging.countDown();
        await().until(() -> begun.get() == 100);
    }

    @Test
    void workOfALaneBeginsInItsOrderWhateverFails() {
        List<Integer> order = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int work = 0; work < 10; work++) {
            int place = work;
            threads.run(new CallLane("one by one", 1), () -> {
                order.add(place);
                if (place == 9) {
                    done.countDown();
                }
                throw new IllegalStateException("work may fail");
            });
        }

        await().until(() -> done.getCount() == 0);
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aLimitThatIsRaisedCountsAtOnce() {
        threads.run(new CallLane("raised", 1), this::hang);
        threads.run(new CallLane("raised", 1), this::hang);
        await().until(() -> begun.get() == 1);

        threads.run(new CallLane("raised", 3), this::hang);

        await().until(() -> begun.get() == 3);
    }

    @Test
    void workThatGetsNoThreadNowIsDoneAsSoonAsThereIsOne() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        CallThreads few = new CallThreads(work -> {
            if (refused.incrementAndGet() <= 3) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(work);
        });
        CountDownLatch done = new CountDownLatch(2);

        few.run(new CallLane("starved", 1), done::countDown);
        few.run(new CallLane("starved", 1), done::countDown);

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(refused.get()).isGreaterThan(3);
    }

    private void hang() {
        begun.incrementAndGet();
        awaitOpen(hanging);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
