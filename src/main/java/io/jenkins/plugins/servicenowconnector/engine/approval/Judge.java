package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Failed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Waiting;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.WaitingForWindow;
import io.jenkins.plugins.servicenowconnector.engine.approval.Standing.Position;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One look, decided in a fixed order: what must match, rejection, approval with its window, deadline. */
final class Judge {

    private final Terms terms;
    private final Look look;
    private final Ticket ticket;
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Memory memory;

    Judge(Terms terms, Look look, Memory memory) {
        this.terms = terms;
        this.look = look;
        this.ticket = look.ticket();
        this.memory = terms.usesDefault() ? memory.after(ticket, look.now()) : memory;
    }

    /** What people call the ticket. */
    static String name(Ticket ticket) {
        return ticket.number().isEmpty() ? ticket.sysId() : ticket.number();
    }

    Judgement judge() {
        Decision decision;
        try {
            decision = decide();
        } catch (ServiceNowException e) {
            decision = new Failed(e);
        }
        return new Judgement(decision, memory, verdicts, windowWords(), notes);
    }

    private Decision decide() throws ServiceNowException {
        for (Criteria criteria : terms.mustMatch()) {
            Verdict verdict = check(criteria);
            if (!verdict.met()) {
                return ended(Outcome.WRONG_TICKET, "does not match: " + verdict.reason());
            }
        }
        Optional<Ended> rejected = rejection();
        if (rejected.isPresent()) {
            return terms.onConflict() == OnConflict.APPROVE && isApprovedNow() ? approved() : rejected.get();
        }
        List<String> missing = missingForApproval();
        if (!missing.isEmpty()) {
            return look.deadlineReached() ? expired("was not approved in time", missing) : waiting(missing);
        }
        return decideByWindow();
    }

    private Optional<Ended> rejection() throws ServiceNowException {
        for (Criteria criteria : terms.rejection()) {
            Verdict verdict = check(criteria);
            if (verdict.met()) {
                return Optional.of(ended(Outcome.REJECTED, "meets the rejection criteria: " + verdict.reason()));
            }
        }
        return terms.defaultRejection() ? ChangeRequestDefault.end(look, memory, terms.onSentBack()) : Optional.empty();
    }

    /** Only a plain approval outweighs a rejection; one that cannot be told does not. */
    private boolean isApprovedNow() {
        try {
            return missingForApproval().isEmpty() && standing().position() == Position.INSIDE;
        } catch (ServiceNowException e) {
            notes.add("whether the approval criteria are met as well cannot be told: " + e.getMessage());
            return false;
        }
    }

    private List<String> missingForApproval() throws ServiceNowException {
        List<String> missing = new ArrayList<>();
        for (Criteria criteria : terms.approvals()) {
            Verdict verdict = check(criteria);
            missing.addAll(
                    terms.approval().isEmpty()
                            ? ChangeRequestDefault.missing(ticket, verdict, memory)
                            : verdict.missing());
        }
        return missing;
    }

    private Decision decideByWindow() throws ServiceNowException {
        Standing standing = standing();
        if (standing.position() == Position.INSIDE) {
            return approved();
        }
        if (standing.position() == Position.MISSED && terms.onWindowMissed() == OnWindowMissed.FAIL) {
            return ended(Outcome.WINDOW_MISSED, "is approved, but " + standing.words());
        }
        List<String> reasons = List.of(standing.words());
        return look.deadlineReached()
                ? expired("is approved, but outside its change window", reasons)
                : new WaitingForWindow(reasons, standing.left());
    }

    /** Where now stands to all windows: missed if one is missed, inside only if inside all. */
    private Standing standing() throws ServiceNowException {
        Standing worst = Standing.of(null, null, look.now());
        for (ChangeWindow window : terms.windows()) {
            Standing one = window.at(ticket, look.now());
            boolean worse = one.position() == Position.MISSED || worst.position() == Position.INSIDE;
            worst = worse && worst.position() != Position.MISSED ? one : worst;
        }
        return worst;
    }

    private String windowWords() {
        if (terms.windows().isEmpty()) {
            return "";
        }
        try {
            return standing().words();
        } catch (ServiceNowException e) {
            // until the ticket is approved the window is for the log only
            return e.sentence();
        }
    }

    private Decision waiting(List<String> missing) {
        if (terms.usesDefault() && memory.isSentBack(ticket) && !memory.toldSentBack()) {
            notes.add(name(ticket) + " was sent back to New, waiting for it to be submitted again");
            memory = memory.told();
        }
        return new Waiting(missing);
    }

    private Decision expired(String what, List<String> reasons) {
        return ended(Outcome.EXPIRED, what + ": " + String.join("; ", reasons));
    }

    private Decision approved() {
        return ended(Outcome.APPROVED, "meets the approval criteria");
    }

    private Ended ended(Outcome outcome, String what) {
        return new Ended(outcome, name(ticket) + " " + what);
    }

    private Verdict check(Criteria criteria) throws ServiceNowException {
        Verdict verdict = criteria.check(ticket);
        verdicts.add(verdict);
        return verdict;
    }
}
