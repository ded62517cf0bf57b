package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import java.time.Instant;

/** How far the creation of a ticket has come. */
public sealed interface Progress {

    /**
     * There is a ticket.
     *
     * @param created the ticket, with what did not take; of one that was taken again only what was missing at
     *     once and still is
     * @param how where it comes from
     * @param number how many tickets this key has had, with this one: more than 1 after one that is no longer active
     * @param sysIdKept whether the table keeps a key that was chosen here
     * @param correlationKept whether the table keeps the correlation id
     */
    record Done(Created created, How how, int number, Kept sysIdKept, Kept correlationKept) implements Progress {

        /** Whether a later attempt can find this ticket again without what this build has noted. */
        public boolean canBeFoundAgain() {
            return sysIdKept == Kept.YES || correlationKept == Kept.YES;
        }
    }

    /** Where a ticket comes from. */
    enum How {
        /** It was created now. */
        CREATED,
        /** It was created by this attempt, whose answer was lost. */
        RECOVERED,
        /** It was created by an earlier attempt or by another build. */
        TAKEN_AGAIN
    }

    /**
     * There is none yet.
     *
     * @param at when to go on; not before
     * @param reason why, for the log; the same text again while there is nothing new to say
     */
    record Again(Instant at, String reason) implements Progress {}
}
