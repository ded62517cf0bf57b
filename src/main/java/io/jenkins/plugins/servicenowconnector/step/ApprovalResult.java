package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a wait comes to, as a Pipeline gets it.
 *
 * @param end how it ended
 * @param approvers who decided, as far as that may be read
 * @param began when it began, the epoch if that is unknown
 * @param ended when it ended
 */
record ApprovalResult(WaitEnd end, List<Approver> approvers, Instant began, Instant ended) {

    /**
     * The result: maps, lists and texts only.
     *
     * @param link the address that people use
     * @param isOutcome whether it tells the outcome, with the ticket in it; else it is the ticket itself
     */
    LinkedHashMap<String, Object> map(URI link, boolean isOutcome) {
        LinkedHashMap<String, Object> ticket = end.ticket() == null ? null : TicketResult.of(end.ticket(), link);
        LinkedHashMap<String, Object> result = ticket;
        if (isOutcome || result == null) {
            result = new LinkedHashMap<>();
            result.put("outcome", end.outcome().toString());
            result.put("reason", end.message());
            result.put("ticket", ticket);
        }
        ArrayList<Object> people = new ArrayList<>();
        approvers.forEach(each -> people.add(each.asMap()));
        result.put("approvers", people);
        if (end.outcome() == Outcome.APPROVED) {
            result.put("approvedAt", end.at().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        result.put("waited", waited());
        return result;
    }

    private String waited() {
        return began.equals(Instant.EPOCH)
                ? ""
                : DurationText.format(Duration.between(began, ended).truncatedTo(ChronoUnit.SECONDS));
    }
}
