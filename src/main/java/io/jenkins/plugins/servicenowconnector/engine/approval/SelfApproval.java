package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.approval.Decision.Ended;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Approver;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import java.util.List;
import java.util.Optional;

/** Sees to it that nobody approves what they started themselves. */
public final class SelfApproval {

    private SelfApproval() {}

    /**
     * The approver who is the starter of the build.
     *
     * @param approvers who decided
     * @param starter what the starter is called: user name, e-mail address, full name; case does not count
     * @return the first who approved and whose user name, e-mail address or name is one of these: two people of one name
     *     count as one, because the gate must not open on a guess
     */
    public static Optional<Approver> starterAmong(List<Approver> approvers, List<String> starter) {
        return approvers.stream()
                .filter(Approver::hasApproved)
                .filter(approver -> approver.isOneOf(starter))
                .findFirst();
    }

    /**
     * How an approval ends that its own starter gave.
     *
     * @param ticket the approved ticket
     * @return rejected; empty if the approval stands
     * @throws ServiceNowException forbidden, if an approver cannot be told from the starter, because neither user name nor
     *     e-mail address may be read
     */
    public static Optional<Ended> rejection(Ticket ticket, List<Approver> approvers, List<String> starter)
            throws ServiceNowException {
        Optional<Approver> self = starterAmong(approvers, starter);
        if (self.isPresent()) {
            String reason = Judge.name(ticket) + " was approved by the starter of this build: " + self.get();
            return Optional.of(new Ended(Outcome.REJECTED, reason));
        }
        if (approvers.stream().anyMatch(approver -> approver.hasApproved() && approver.isUnknown())) {
            throw new ServiceNowException(
                    Kind.FORBIDDEN,
                    "forbidSelfApproval cannot be held for " + Judge.name(ticket)
                            + ": the account may read neither user_name nor email of an approver in sys_user.",
                    Facts.NONE);
        }
        return Optional.empty();
    }
}
