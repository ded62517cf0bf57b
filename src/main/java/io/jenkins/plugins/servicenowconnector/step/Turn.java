package io.jenkins.plugins.servicenowconnector.step;

import java.time.Instant;

/** How far the work of a step has come. */
public sealed interface Turn {

    /**
     * It is done.
     *
     * @param value what the step returns: maps, lists and texts only; null for nothing
     */
    record Result(Object value) implements Turn {}

    /**
     * It is to go on later.
     *
     * @param at when; not before
     * @param reason a sentence for the log
     */
    record Later(Instant at, String reason) implements Turn {}
}
