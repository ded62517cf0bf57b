package io.jenkins.plugins.servicenowconnector.view;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.Sight;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import java.util.Date;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a build's wait for a ticket ended: what is left to show when the wait itself is gone. */
@ExportedBean(defaultVisibility = 3)
public final class BuildDecision {

    private final Outcome outcome;
    private final String reason;
    private final String approvers;
    private final String window;
    private final long atMillis;

    private BuildDecision(Outcome outcome, String reason, String approvers, String window, long atMillis) {
        this.outcome = outcome;
        this.reason = reason;
        this.approvers = approvers;
        this.window = window;
        this.atMillis = atMillis;
    }

    /**
     * What to keep of a wait that ends now.
     *
     * @param end how it ends
     * @param wait the wait, for its last look
     * @param approvers who decided, on one line; null or empty if that is not known
     */
    public static BuildDecision of(WaitEnd end, ApprovalWait wait, String approvers) {
        Sight sight = wait.sight();
        String window = sight == null ? "" : sight.judgement().window();
        return new BuildDecision(
                end.outcome(), end.message(), Util.fixNull(approvers), window, System.currentTimeMillis());
    }

    /** The fixed word for the outcome, as a Pipeline sees it; null if the wait failed without a decision. */
    @Exported
    public String getOutcome() {
        return outcome == null ? null : outcome.toString();
    }

    /** The outcome as people read it. */
    public String getOutcomeText() {
        return outcome == null ? Messages.BuildDecision_failed() : text(outcome);
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case APPROVED -> Messages.BuildDecision_approved();
            case REJECTED -> Messages.BuildDecision_rejected();
            case FINISHED -> Messages.BuildDecision_finished();
            case EXPIRED -> Messages.BuildDecision_expired();
            case WINDOW_MISSED -> Messages.BuildDecision_windowMissed();
            case WRONG_TICKET -> Messages.BuildDecision_wrongTicket();
        };
    }

    /** Whether the build was let go on. */
    public boolean isApproved() {
        return outcome == Outcome.APPROVED;
    }

    /** Whether the wait ended without a decision. */
    public boolean isFailed() {
        return outcome == null;
    }

    /** Why, a sentence; empty where it may not be shown. */
    @Exported
    public String getReason() {
        return Util.fixNull(reason);
    }

    /** Who decided, on one line; empty if that is not known or may not be shown. */
    @Exported
    public String getApprovers() {
        return Util.fixNull(approvers);
    }

    /** The change window with where the decision stood to it; empty if there was none or it may not be shown. */
    @Exported
    public String getWindow() {
        return Util.fixNull(window);
    }

    /** When, in milliseconds since the epoch, on Jenkins' clock. */
    @Exported
    public long getTimestamp() {
        return atMillis;
    }

    /** When, for views. */
    public Date getTime() {
        return new Date(atMillis);
    }

    /** The same with nothing that comes from the ticket. */
    BuildDecision withoutTexts() {
        return new BuildDecision(outcome, "", "", "", atMillis);
    }
}
