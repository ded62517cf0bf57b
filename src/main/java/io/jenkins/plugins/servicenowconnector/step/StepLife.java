package io.jenkins.plugins.servicenowconnector.step;

import java.time.Instant;

/** What a step's work has to know of the step's own life: how long it may go on, and what a restart of Jenkins leaves of it. */
@FunctionalInterface
public interface StepLife {

    /** When the step gives up. */
    Instant deadline();

    /** Whether nobody wants it any more, so that nothing more is to be written. */
    default boolean isStopped() {
        return false;
    }

    /** Whether it goes on after a restart of Jenkins, so that what is noted of its place is its own. */
    default boolean isResumed() {
        return false;
    }

    /** Whether something may have been written before that restart, of work that is {@linkplain TicketWork#isMarked marked}. */
    default boolean mayHaveWritten() {
        return false;
    }

    /** Remembers over a restart of Jenkins, from now on, that something may have been written; {@code false}: that nothing has. */
    default void mark(boolean isWriting) throws InterruptedException {}
}
