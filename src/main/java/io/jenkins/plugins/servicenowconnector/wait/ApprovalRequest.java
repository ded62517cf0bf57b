package io.jenkins.plugins.servicenowconnector.wait;

import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnConflict;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnSentBack;
import io.jenkins.plugins.servicenowconnector.engine.approval.OnWindowMissed;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.io.Serializable;

/**
 * What a user asks for when waiting for an approval, as it was written: small, and stored with the build.
 *
 * @param ticketType the table; null for change_request
 * @param ticketNumber the ticket's number; null if the sys_id is given
 * @param sysId the ticket's key; null if the number is given
 * @param approval when it counts as approved; null for the default
 * @param rejection when it counts as rejected; null for none, or the default
 * @param mustMatch what must hold at every look; null for nothing
 * @param window when work may go on; null for the default
 * @param onConflict what counts if both criteria are met; null for the default
 * @param onSentBack what going back to New means; null for the default
 * @param onWindowMissed what is done about a window that is over; null for the default
 */
public record ApprovalRequest(
        String ticketType,
        String ticketNumber,
        String sysId,
        ApprovalCriteria approval,
        ApprovalCriteria rejection,
        ApprovalCriteria mustMatch,
        ApprovalWindow window,
        String onConflict,
        String onSentBack,
        String onWindowMissed)
        implements Serializable {

    /** The table of the ticket. */
    public String table() throws ServiceNowException {
        return ticketType == null ? "change_request" : Syntax.table("ticketType", ticketType);
    }

    /** What the ticket is asked for by. */
    public TicketKey key() throws ServiceNowException {
        return key(ticketNumber, sysId);
    }

    /**
     * What a ticket is asked for by.
     *
     * @param ticketNumber null if the sys_id is given
     * @param sysId null if the number is given
     */
    public static TicketKey key(String ticketNumber, String sysId) throws ServiceNowException {
        if (ticketNumber != null && sysId != null) {
            throw ServiceNowException.badInput("ticketNumber", "and sysId exclude each other; give one.");
        }
        return sysId == null ? TicketKey.number("ticketNumber", ticketNumber) : TicketKey.sysId("sysId", sysId);
    }

    /**
     * What the ticket is judged by.
     *
     * @param defaults what the connector gives where the user gives nothing, or adds
     */
    public Terms terms(ApprovalDefaults defaults) throws ServiceNowException {
        String table = table();
        Terms.Builder terms = Terms.of(table);
        for (ApprovalCriteria part : defaults.parts(approval, defaults.getApprovalCriteria())) {
            terms.approval(ApprovalCriteria.read("approvalCriteria", part));
        }
        for (ApprovalCriteria part : defaults.parts(rejection, defaults.getRejectionCriteria())) {
            terms.rejection(ApprovalCriteria.read("rejectionCriteria", part));
        }
        for (ApprovalCriteria part : defaults.parts(mustMatch, defaults.getMustMatch())) {
            terms.mustMatch(ApprovalCriteria.read("mustMatch", part));
        }
        for (ApprovalWindow part : defaults.parts(window, defaults.getChangeWindow())) {
            terms.window(ApprovalWindow.read(table, part));
        }
        // an enforced rejection that a step could outvote would not be enforced
        OnConflict conflict = OnConflict.parse(onConflict);
        return terms.onConflict(
                        defaults.isEnforced() && defaults.getRejectionCriteria() != null ? OnConflict.REJECT : conflict)
                .onSentBack(OnSentBack.parse(onSentBack))
                .onWindowMissed(OnWindowMissed.parse(onWindowMissed))
                .build();
    }
}
