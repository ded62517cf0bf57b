package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.approval.Judgement;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.time.Duration;
import java.time.Instant;

/**
 * What the last look that worked has shown of a ticket.
 *
 * @param at when it was made, on Jenkins' clock
 * @param ticket the ticket with the fields that were asked for
 * @param judgement what was made of it
 */
public record Sight(Instant at, Ticket ticket, Judgement judgement) {

    /** How long until the change window begins that an approved ticket waits for; null if it waits for none. */
    Duration untilWindow() {
        return judgement.decision() instanceof Decision.WaitingForWindow waiting ? waiting.left() : null;
    }
}
