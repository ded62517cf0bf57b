package io.jenkins.plugins.servicenowconnector.simulator.fault;

import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which faults are due: those for the next so many requests first, then the lasting ones. */
public final class Faults {

    private final List<Due> due = new ArrayList<>();

    /** The next matching request meets this fault. */
    public void next(Predicate<Call> match, Fault fault) {
        next(1, match, fault);
    }

    /** The next request of any kind meets this fault. */
    public void next(Fault fault) {
        next(1, Match.ANY, fault);
    }

    /** The next {@code times} matching requests meet this fault. */
    public synchronized void next(int times, Predicate<Call> match, Fault fault) {
        due.add(new Due(match, fault, times));
    }

    /** Every matching request meets this fault until {@link #none()}. */
    public synchronized void always(Predicate<Call> match, Fault fault) {
        due.add(new Due(match, fault, Integer.MAX_VALUE));
    }

    /** Every request meets this fault until {@link #none()}. */
    public void always(Fault fault) {
        always(Match.ANY, fault);
    }

    /** Nothing goes wrong any more. */
    public synchronized void none() {
        due.clear();
    }

    /** The fault that hits everything at present, as the page shows it. */
    public synchronized Optional<Fault> lasting() {
        return due.stream()
                .filter(one -> one.match == Match.ANY && one.isLasting())
                .map(one -> one.fault)
                .findFirst();
    }

    /** The fault that this request meets; one that was due once is used up. */
    public synchronized Optional<Fault> take(Call call) {
        Due found = due.stream()
                .filter(one -> one.match.test(call))
                .min((one, other) -> Boolean.compare(one.isLasting(), other.isLasting()))
                .orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        found.use();
        for (Iterator<Due> all = due.iterator(); all.hasNext(); ) {
            if (all.next().times == 0) {
                all.remove();
            }
        }
        return Optional.of(found.fault);
    }

    /** One fault with what is left of it. */
    private static final class Due {

        private final Predicate<Call> match;
        private final Fault fault;
        private int times;

        private Due(Predicate<Call> match, Fault fault, int times) {
            this.match = match;
            this.fault = fault;
            this.times = times;
        }

        private boolean isLasting() {
            return times == Integer.MAX_VALUE;
        }

        private void use() {
            times = isLasting() ? times : times - 1;
        }
    }
}
