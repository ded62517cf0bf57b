package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NoTimeLeft;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.function.BooleanSupplier;

/** Writes to one ticket after the other, until something keeps it from going on. */
final class WriteLoop {

    private final TicketWriter writer;
    private final BooleanSupplier isTimeUp;

    private boolean hasBegun;
    private ServiceNowException stop;

    /** @param isTimeUp asked before each ticket but the first, so that every run gets one step further */
    WriteLoop(TicketWriter writer, BooleanSupplier isTimeUp) {
        this.writer = writer;
        this.isTimeUp = isTimeUp;
    }

    /** Writes to the next ticket, or says why not; see {@link TicketWriter#write}. */
    UpdateOutcome next(Ticket ticket, boolean noteInDoubt) throws InterruptedException {
        if (stop == null && hasBegun && isTimeUp.getAsBoolean()) {
            stop = NoTimeLeft.failure();
        }
        hasBegun = true;
        if (stop != null) {
            return UpdateOutcome.notTried(ticket, stop, noteInDoubt);
        }
        UpdateOutcome outcome = writer.write(ticket, noteInDoubt);
        if (outcome.failure() != null && concernsAll(outcome.failure())) {
            stop = outcome.failure();
        }
        return outcome;
    }

    /** Going on would lock the account, or only be refused again: a 429 holds all calls of its kind. */
    private static boolean concernsAll(ServiceNowException failure) {
        return switch (failure.kind()) {
            case UNAUTHENTICATED, NO_AGENT, RATE_LIMITED -> true;
            default -> false;
        };
    }
}
