package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import java.io.Serial;
import jenkins.model.CauseOfInterruption;

/** Why a build does not go on: its ticket was rejected, or not approved in time. */
public class NotApproved extends CauseOfInterruption {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String message;

    /** @param message a sentence that begins with the outcome */
    private NotApproved(String message) {
        this.message = message;
    }

    /** The end of a wait as pages may show it: if the ticket is kept from them, only its outcome with the ticket's number. */
    public static NotApproved of(WaitEnd end, ApprovalWait wait) {
        return new NotApproved(
                wait.isHidden() ? Messages.NotApproved_hidden(end.outcome(), wait.ticketName()) : end.message());
    }

    @Override
    public String getShortDescription() {
        return message;
    }
}
