package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.commons.jexl3.JexlContext;

/**
 * What an expression sees while it runs: the ticket as plain maps, nothing else, for a limited time.
 *
 * <p>No second thread watches the time. All that is large comes from the ticket, so it is enough to look at the clock whenever
 * the ticket is asked for; what happens between two of these moments is bounded by {@link #LONGEST_TEXT}.
 */
final class ExpressionContext implements JexlContext, JexlContext.CancellationHandle {

    /** After this time an expression is cancelled. */
    static final Duration LONGEST = Duration.ofMillis(250);

    /** The longest text an expression may handle; the dearest operation on two of them takes some milliseconds. */
    static final int LONGEST_TEXT = 8_000;

    private final Map<String, Map<String, String>> ticket;
    private final AtomicBoolean cancellation = new AtomicBoolean();
    private final LongSupplier clock;
    private final long start;

    private ExpressionContext(Map<String, Map<String, String>> ticket, LongSupplier clock) {
        this.ticket = Map.copyOf(ticket);
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    /**
     * The context for one run.
     *
     * @param clock nanoseconds, from anywhere
     * @throws ServiceNowException bad input, if a text is too long to be handled; cut, it could decide otherwise
     */
    static ExpressionContext of(String where, Ticket ticket, Set<String> fields, LongSupplier clock)
            throws ServiceNowException {
        Map<String, Map<String, String>> pairs = new HashMap<>();
        for (String field : fields) {
            FieldValue held = ticket.fields().getOrDefault(field, FieldValue.EMPTY);
            if (held.value().length() > LONGEST_TEXT || held.displayValue().length() > LONGEST_TEXT) {
                throw ServiceNowException.badInput(
                        where,
                        "reads " + field + ", which holds more than " + LONGEST_TEXT + " characters in "
                                + Judge.name(ticket) + ".");
            }
            pairs.put(field, Map.of("value", held.value(), "displayValue", held.displayValue()));
        }
        return new ExpressionContext(pairs, clock);
    }

    @Override
    public Object get(String name) {
        if (isLate()) {
            cancellation.set(true);
        }
        return has(name) ? ticket : null;
    }

    /** Whether the time is over. */
    boolean isLate() {
        return clock.getAsLong() - start > LONGEST.toNanos();
    }

    @Override
    public boolean has(String name) {
        return ExpressionRules.TICKET.equals(name);
    }

    @Override
    public void set(String name, Object value) {
        throw new UnsupportedOperationException("an expression changes nothing");
    }

    @Override
    public AtomicBoolean getCancellation() {
        return cancellation;
    }
}
