package io.jenkins.plugins.servicenowconnector.engine.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * What was measured for one number of waits.
 *
 * @param waits how many waits there were
 * @param requests requests in one interval, in which each wait is looked at once
 * @param cpuMillis CPU of the whole process in one interval, in milliseconds
 * @param heapBytes heap for one wait
 * @param started how late the look at each wait began, in milliseconds
 * @param judged how long after its moment each wait was judged, in milliseconds
 */
record Figures(int waits, double requests, double cpuMillis, long heapBytes, List<Long> started, List<Long> judged) {

    static final String HEAD =
            "| Waits | Requests per interval | Requests / waits | CPU per interval | Of one core at 1"
                    + " min | Heap per wait | Look begins late, p50 / p99 | Wait is judged late, p50 / p99 |\n"
                    + "|---|---|---|---|---|---|---|---|";

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %,d | %.0f | 1 / %.0f | %.0f ms | %.2f %% | %.1f KiB | %d / %d ms | %d / %d ms |",
                waits,
                requests,
                waits / requests,
                cpuMillis,
                cpuMillis / 60_000 * 100,
                heapBytes / 1024.0,
                percentile(started, 50),
                percentile(started, 99),
                percentile(judged, 50),
                percentile(judged, 99));
    }

    private static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
    }
}
