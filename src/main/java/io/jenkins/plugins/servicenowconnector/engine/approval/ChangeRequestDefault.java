package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.OneLine;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a change request counts as approved or rejected if nobody says otherwise: by stored values, never by labels.
 *
 * <p>The states are those of ServiceNow's documented change state model. A change returns to New after a rejection, but also
 * when its requester takes it back, which is no rejection; the field {@code approval} may still read rejected after the
 * first, or have been reset.
 */
final class ChangeRequestDefault {

    static final String TABLE = "change_request";
    static final String STATE = "state";
    static final String NEW = "-5";

    /** What must hold for approval; on hold an approved change still reads approved. */
    static final Criteria APPROVAL = approval();

    /** The planned dates, as far as they are filled. */
    static final ChangeWindow WINDOW = new ChangeWindow("changeWindow", "start_date", "end_date", true);

    private static final String SCHEDULED = "-2";
    private static final String IMPLEMENT = "-1";
    private static final String REVIEW = "0";
    private static final String CLOSED = "3";
    private static final String CANCELED = "4";

    private static final String APPROVAL_FIELD = "approval";
    private static final String ACTIVE = "active";
    private static final String ON_HOLD = "on_hold";
    private static final String HOLD_REASON = "on_hold_reason";

    private ChangeRequestDefault() {}

    /** The fields to ask for. */
    static Set<String> fields() {
        return Set.of(STATE, APPROVAL_FIELD, ACTIVE, ON_HOLD, HOLD_REASON);
    }

    private static Criteria approval() {
        String name = "approval (default)";
        try {
            return Criteria.of(
                    name,
                    "all",
                    List.of(
                            Condition.parse(name, ACTIVE + ".value", "=", "true"),
                            Condition.parse(name, ON_HOLD + ".value", "!=", "true"),
                            Condition.parse(name, APPROVAL_FIELD + ".value", "=", "approved"),
                            Condition.parse(name, STATE + ".value", "in", List.of(SCHEDULED, IMPLEMENT))),
                    null);
        } catch (ServiceNowException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How the default rejection describes itself in a log. */
    static String describeRejection() {
        return "approval = rejected, or canceled, or finished, or sent back to New by an approver";
    }

    /**
     * Whether the wait is over without approval.
     *
     * @throws ServiceNowException not found, if a field is missing in the answer
     */
    static Optional<Ended> end(Look look, Memory memory, OnSentBack onSentBack) throws ServiceNowException {
        Ticket ticket = look.ticket();
        for (String field : List.of(STATE, APPROVAL_FIELD, ACTIVE)) {
            Criteria.require("rejection (default)", ticket, field);
        }
        String state = ticket.value(STATE);
        if (ticket.value(APPROVAL_FIELD).equals("rejected")) {
            return ended(Outcome.REJECTED, ticket, "was rejected: approval is " + shown(ticket, APPROVAL_FIELD));
        }
        if (state.equals(CANCELED)) {
            return ended(Outcome.REJECTED, ticket, "was canceled: state is " + shown(ticket, STATE));
        }
        if (state.equals(REVIEW) || state.equals(CLOSED)) {
            return ended(Outcome.FINISHED, ticket, "is already done: state is " + shown(ticket, STATE));
        }
        if (ticket.value(ACTIVE).equals("false")) {
            return ended(Outcome.FINISHED, ticket, "is no longer active: state is " + shown(ticket, STATE));
        }
        return memory.isSentBack(ticket) ? sentBack(look, onSentBack) : Optional.empty();
    }

    private static Optional<Ended> sentBack(Look look, OnSentBack onSentBack) {
        if (look.approverRejected()) {
            return ended(Outcome.REJECTED, look.ticket(), "was rejected by an approver, which sent it back to New");
        }
        return onSentBack == OnSentBack.REJECT
                ? ended(Outcome.REJECTED, look.ticket(), "was sent back to New")
                : Optional.empty();
    }

    private static Optional<Ended> ended(Outcome outcome, Ticket ticket, String what) {
        return Optional.of(new Ended(outcome, Judge.name(ticket) + " " + what));
    }

    /** What is missing for approval, a line for each condition that does not hold. */
    static List<String> missing(Ticket ticket, Verdict verdict, Memory memory) {
        List<String> reasons = new ArrayList<>();
        for (Finding finding : verdict.findings()) {
            if (!finding.met()) {
                reasons.add(missing(ticket, finding, memory));
            }
        }
        return reasons;
    }

    private static String missing(Ticket ticket, Finding finding, Memory memory) {
        return switch (finding.field()) {
            case ON_HOLD -> "on hold: " + holdReason(ticket);
            case STATE -> "state is " + shown(ticket, STATE) + ": " + stateReason(ticket, memory);
            case APPROVAL_FIELD -> "approval is " + shown(ticket, APPROVAL_FIELD) + approvalReason(ticket);
            default -> finding.described();
        };
    }

    private static String holdReason(Ticket ticket) {
        String reason = ticket.displayValue(HOLD_REASON);
        return reason.isBlank() ? "no reason is given" : OneLine.of(reason);
    }

    private static String stateReason(Ticket ticket, Memory memory) {
        if (!ticket.value(STATE).equals(NEW)) {
            return "neither Scheduled nor Implement";
        }
        return memory.isSentBack(ticket)
                ? "sent back to New, waiting for it to be submitted again"
                : "still in New, nobody has been asked for approval yet";
    }

    private static String approvalReason(Ticket ticket) {
        String state = ticket.value(STATE);
        boolean asksNobody = ticket.value(APPROVAL_FIELD).equals("not requested")
                && (state.equals(SCHEDULED) || state.equals(IMPLEMENT));
        return asksNobody ? ": nobody is asked in this model, give criteria" : ", not approved";
    }

    private static String shown(Ticket ticket, String field) {
        return OneLine.both(ticket.value(field), ticket.displayValue(field));
    }
}
