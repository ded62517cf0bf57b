package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.WriteReport;
import java.io.Serializable;

/**
 * What became of one ticket that was to be changed.
 *
 * @param ticket the ticket as it was last seen: after the change, or before it where it was not made
 * @param state what became of it
 * @param report what became of the fields that were sent; empty if nothing was written
 * @param failure why it was not changed, or why that is unknown; null if all is well
 * @param noteInDoubt whether a work note or comment may have arrived or not: it is not sent again
 */
public record UpdateOutcome(
        Ticket ticket, State state, WriteReport report, ServiceNowException failure, boolean noteInDoubt)
        implements Serializable {

    /** What became of a ticket. */
    public enum State {
        /** Written. */
        UPDATED,
        /** It held all values already, or had gone too far: nothing was sent, no work note either. */
        UNCHANGED,
        /** Not written, or not known to be; running it again does no harm. */
        FAILED,
        /** Left alone, because the failure of another ticket concerns this one too. */
        NOT_TRIED,
        /** Nothing but a work note or comment was sent, and whether it arrived cannot be told. */
        UNKNOWN
    }

    static UpdateOutcome updated(Ticket ticket, WriteReport report, boolean noteInDoubt) {
        return new UpdateOutcome(ticket, State.UPDATED, report, null, noteInDoubt);
    }

    static UpdateOutcome unchanged(Ticket ticket) {
        return new UpdateOutcome(ticket, State.UNCHANGED, WriteReport.NOTHING, null, false);
    }

    static UpdateOutcome failed(Ticket ticket, ServiceNowException failure, boolean noteInDoubt) {
        return new UpdateOutcome(ticket, State.FAILED, WriteReport.NOTHING, failure, noteInDoubt);
    }

    static UpdateOutcome notTried(Ticket ticket, ServiceNowException failure, boolean noteInDoubt) {
        return new UpdateOutcome(ticket, State.NOT_TRIED, WriteReport.NOTHING, failure, noteInDoubt);
    }

    static UpdateOutcome unknown(Ticket ticket, ServiceNowException failure) {
        return new UpdateOutcome(ticket, State.UNKNOWN, WriteReport.NOTHING, failure, true);
    }

    /** Whether nothing is left to do for this ticket. */
    public boolean isDone() {
        return state == State.UPDATED || state == State.UNCHANGED;
    }

    /** Whether a second run would do nothing for it: it is done, or all that is left may not be sent twice. */
    private boolean isSettled() {
        return isDone() || state == State.UNKNOWN;
    }

    /** Whether a second run may help by itself: it has failed for a reason that passes, and no note would be sent twice. */
    public boolean isPassing() {
        return !isSettled() && failure.isPassing();
    }

    /** This ticket in a later run that cannot read it: what is in doubt stays so. */
    UpdateOutcome unreadable(ServiceNowException reason) {
        return isInDoubt()
                ? failed(
                        ticket,
                        new ServiceNowException(
                                Kind.OUTCOME_UNKNOWN, failure.sentence() + " " + reason.sentence(), reason.facts()),
                        noteInDoubt)
                : failed(ticket, reason, noteInDoubt);
    }

    /** This ticket after a later run that could read it: where this one is in doubt, values that are there did arrive. */
    UpdateOutcome followedBy(UpdateOutcome later) {
        if (!isInDoubt()) {
            return later;
        }
        return switch (later.state) {
            case UNCHANGED -> updated(later.ticket, later.report, noteInDoubt);
            case NOT_TRIED -> this;
            default -> later;
        };
    }

    /** One line for a log, that begins with the ticket's number where all is well. */
    public String sentence() {
        return sentence(failure == null ? "" : failure.getMessage());
    }

    /** The error that this outcome is; null if it is none. */
    ServiceNowException error() {
        if (failure == null) {
            return null;
        }
        boolean isUnknown = state == State.UNKNOWN || isInDoubt();
        return isUnknown
                ? new ServiceNowException(Kind.OUTCOME_UNKNOWN, sentence(failure.sentence()), failure.facts())
                : failure;
    }

    private boolean isInDoubt() {
        return state == State.FAILED && Doubt.remains(failure);
    }

    private String sentence(String reason) {
        String note = noteInDoubt && state != State.UNKNOWN
                ? " Its work note may be missing: whether it arrived is unknown, and it is not sent twice."
                : "";
        return switch (state) {
            case UPDATED -> ticket.name() + " was updated." + note;
            case UNCHANGED -> ticket.name() + " needed no change, so nothing was sent.";
            case FAILED ->
                (isInDoubt()
                                ? "Whether " + ticket.name()
                                        + " was updated is unknown, running this again sets it right: "
                                : ticket.name() + " was not updated: ")
                        + reason
                        + note;
            case NOT_TRIED -> ticket.name() + " was not tried: " + reason + note;
            case UNKNOWN ->
                "Whether the note reached " + ticket.name()
                        + " is unknown, and it is not sent again, so that it does not stand" + " there twice: "
                        + reason;
        };
    }
}
