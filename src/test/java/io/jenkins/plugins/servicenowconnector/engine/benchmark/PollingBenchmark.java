package io.jenkins.plugins.servicenowconnector.engine.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures what waiting costs: {@code bin/benchmark}, or {@code bin/benchmark 60 10} for looks a minute apart and ten of them.
 *
 * <p>All waits are on one connector, label and table, the simulator is a process of its own, reached over HTTP. For
 * comparison the same tickets are read as a loop in each build would, with a request for every one.
 */
public final class PollingBenchmark {

    private static final List<Integer> WAITS = List.of(100, 1_000, 5_000);
    private static final int WARM_UP = 4;

    private final LongAdder requests = new LongAdder();
    private final Instance instance;
    private final Duration interval;
    private final int ticks;

    private PollingBenchmark(SeededInstance simulator, Duration interval, int ticks) {
        this.instance = SimulatedInstance.at(simulator.url(), request -> {
            requests.increment();
            return HttpTransport.shared().send(request);
        });
        this.interval = interval;
        this.ticks = ticks;
    }

    /** Takes the seconds between looks and the number of looks that are measured; 10 and 6 if not given. */
    public static void main(String[] arguments) throws Exception {
        Duration interval = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 10);
        int ticks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
        System.out.printf(
                Locale.ROOT,
                "Java %s, %d processors, heap at most %d MiB; a look every %d s, %d measured after %d%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                interval.toSeconds(),
                ticks,
                WARM_UP);
        try (SeededInstance simulator = SeededInstance.start(WAITS.get(WAITS.size() - 1))) {
            PollingBenchmark benchmark = new PollingBenchmark(simulator, interval, ticks);
            benchmark.measure(WAITS.get(0));
            System.out.println(Figures.HEAD);
            List<Figures> all = new ArrayList<>();
            for (int waits : WAITS) {
                all.add(benchmark.measure(waits));
                System.out.println(all.get(all.size() - 1));
            }
            benchmark.compare(all.get(1));
        }
        System.exit(0);
    }

    private Figures measure(int waits) throws Exception {
        long empty = heap();
        try (Poller poller = new Poller(instance, interval)) {
            List<Watch> watches = new ArrayList<>();
            for (int place = 0; place < waits; place++) {
                watches.add(Watch.of(place));
            }
            poller.add(watches);
            watches.clear();
            poller.await(WARM_UP);
            poller.takeStarted();
            poller.takeJudged();
            long full = heap();
            // a look that began during the collection is late by it
            poller.await(1);
            poller.takeStarted();
            poller.takeJudged();
            long before = requests.sum();
            long cpu = cpuNanos();
            poller.await(ticks);
            return new Figures(
                    waits,
                    (requests.sum() - before) / (double) ticks,
                    (cpuNanos() - cpu) / 1e6 / ticks,
                    (full - empty) / waits,
                    poller.takeStarted(),
                    poller.takeJudged());
        }
    }

    /** The same tickets, one request for each, as often. */
    private void compare(Figures shared) throws Exception {
        List<Watch> watches = new ArrayList<>();
        for (int place = 0; place < shared.waits(); place++) {
            watches.add(Watch.of(place));
        }
        readEach(watches);
        long cpu = cpuNanos();
        for (int tick = 0; tick < ticks; tick++) {
            readEach(watches);
        }
        double alone = (cpuNanos() - cpu) / 1e6 / ticks;
        System.out.printf(
                Locale.ROOT,
                "%nOne request for each of %,d tickets instead: %.0f times the requests, %.0f ms CPU for all, %.1f times"
                        + " as much.%n",
                shared.waits(),
                shared.waits() / shared.requests(),
                alone,
                alone / shared.cpuMillis());
    }

    private void readEach(List<Watch> watches) throws InterruptedException {
        TicketReader reader = new TicketReader(instance);
        for (Watch watch : watches) {
            TicketKey key = watch.key();
            watch.take(reader.look("change_request", List.of(key), watch.terms().fields())
                    .get(key));
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What is in use when all garbage is gone. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
