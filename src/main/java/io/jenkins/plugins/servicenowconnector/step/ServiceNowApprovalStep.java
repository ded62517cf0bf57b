package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.poll.Target;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalRequest;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code serviceNowApproval}: waits until a ticket is approved or rejected. */
public class ServiceNowApprovalStep extends ServiceNowStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration USUAL_TIMEOUT = Duration.ofDays(1);
    private static final Duration USUAL_INTERVAL = Duration.ofMinutes(1);

    private String ticketType;
    private String ticketNumber;
    private String sysId;
    private ApprovalCriteria approvalCriteria;
    private ApprovalCriteria rejectionCriteria;
    private ApprovalCriteria mustMatch;
    private ApprovalWindow changeWindow;
    private String onConflict;
    private String onSentBack;
    private String onWindowMissed;
    private String retryInterval;
    private boolean returnOutcome;
    private String buildResult;
    private String onNotRun;
    private boolean forbidSelfApproval;
    private boolean showOnPage = true;

    @DataBoundConstructor
    public ServiceNowApprovalStep() {}

    /** The table; null for change_request. */
    public String getTicketType() {
        return ticketType;
    }

    @DataBoundSetter
    public void setTicketType(String ticketType) {
        this.ticketType = Util.fixEmptyAndTrim(ticketType);
    }

    /** The ticket's number; null if the sys_id is given. */
    public String getTicketNumber() {
        return ticketNumber;
    }

    @DataBoundSetter
    public void setTicketNumber(String ticketNumber) {
        this.ticketNumber = Util.fixEmptyAndTrim(ticketNumber);
    }

    /** The ticket's key; null if the number is given. */
    public String getSysId() {
        return sysId;
    }

    @DataBoundSetter
    public void setSysId(String sysId) {
        this.sysId = Util.fixEmptyAndTrim(sysId);
    }

    /** When the ticket counts as approved; null for the default of change requests. */
    public ApprovalCriteria getApprovalCriteria() {
        return approvalCriteria;
    }

    @DataBoundSetter
    public void setApprovalCriteria(ApprovalCriteria approvalCriteria) {
        this.approvalCriteria = approvalCriteria;
    }

    /** When the ticket counts as rejected; null for none, or the default. */
    public ApprovalCriteria getRejectionCriteria() {
        return rejectionCriteria;
    }

    @DataBoundSetter
    public void setRejectionCriteria(ApprovalCriteria rejectionCriteria) {
        this.rejectionCriteria = rejectionCriteria;
    }

    /** What must hold at every look, or it is the wrong ticket; null for nothing. */
    public ApprovalCriteria getMustMatch() {
        return mustMatch;
    }

    @DataBoundSetter
    public void setMustMatch(ApprovalCriteria mustMatch) {
        this.mustMatch = mustMatch;
    }

    /** When work may go on; null for the default. */
    public ApprovalWindow getChangeWindow() {
        return changeWindow;
    }

    @DataBoundSetter
    public void setChangeWindow(ApprovalWindow changeWindow) {
        this.changeWindow = changeWindow;
    }

    /** What counts if both criteria are met: {@code reject} or {@code approve}; null for reject. */
    public String getOnConflict() {
        return onConflict;
    }

    @DataBoundSetter
    public void setOnConflict(String onConflict) {
        this.onConflict = Util.fixEmptyAndTrim(onConflict);
    }

    /** What going back to New means: {@code wait} or {@code reject}; null for wait. */
    public String getOnSentBack() {
        return onSentBack;
    }

    @DataBoundSetter
    public void setOnSentBack(String onSentBack) {
        this.onSentBack = Util.fixEmptyAndTrim(onSentBack);
    }

    /** What is done about a window that is over: {@code fail} or {@code wait}; null for fail. */
    public String getOnWindowMissed() {
        return onWindowMissed;
    }

    @DataBoundSetter
    public void setOnWindowMissed(String onWindowMissed) {
        this.onWindowMissed = Util.fixEmptyAndTrim(onWindowMissed);
    }

    /** How long to wait between looks, such as {@code 1m}; null for a minute. */
    public String getRetryInterval() {
        return retryInterval;
    }

    @DataBoundSetter
    public void setRetryInterval(String retryInterval) {
        this.retryInterval = Util.fixEmptyAndTrim(retryInterval);
    }

    /** Whether the step returns every outcome instead of ending the build with all but approval. */
    public boolean isReturnOutcome() {
        return returnOutcome;
    }

    @DataBoundSetter
    public void setReturnOutcome(boolean returnOutcome) {
        this.returnOutcome = returnOutcome;
    }

    /** The result of the build that the step ends without approval, such as {@code UNSTABLE}; null for ABORTED. */
    public String getBuildResult() {
        return buildResult;
    }

    @DataBoundSetter
    public void setBuildResult(String buildResult) {
        this.buildResult = Util.fixEmptyAndTrim(buildResult);
    }

    /**
     * What becomes of the change without approval: {@code cancel} or {@code leave}; null to cancel one that this build created,
     * and leave any other.
     */
    public String getOnNotRun() {
        return onNotRun;
    }

    @DataBoundSetter
    public void setOnNotRun(String onNotRun) {
        this.onNotRun = Util.fixEmptyAndTrim(onNotRun);
    }

    /** Whether an approval by whoever started the build is a rejection. */
    public boolean isForbidSelfApproval() {
        return forbidSelfApproval;
    }

    @DataBoundSetter
    public void setForbidSelfApproval(boolean forbidSelfApproval) {
        this.forbidSelfApproval = forbidSelfApproval;
    }

    /** Whether the pages of Jenkins show the ticket's text and state. */
    public boolean isShowOnPage() {
        return showOnPage;
    }

    @DataBoundSetter
    public void setShowOnPage(boolean showOnPage) {
        this.showOnPage = showOnPage;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            Ending ending =
                    Ending.of(buildResult, onNotRun, returnOutcome, request().table());
            return new ServiceNowApprovalExecution(context, begin(context.get(Run.class)), ending);
        } catch (ServiceNowException e) {
            throw ServiceNowExecution.readable(e);
        }
    }

    /**
     * The wait that begins now, checked as far as that goes without a call.
     *
     * @param run on whose behalf
     */
    public ApprovalWait begin(Run<?, ?> run) throws ServiceNowException {
        ApprovalRequest request = request();
        Job<?, ?> job = run.getParent();
        Duration interval = interval(Connectors.find(getConnector(), job).connector());
        ConnectorUse use = ConnectorUse.by(job)
                .on(request.table(), Operation.READ)
                .from(getAgentLabel())
                .every(interval);
        FoundConnector found = Connectors.find(getConnector(), use);
        Target target = new Target(found.reference(), use.labelOn(found.connector()), request.table());
        Instant deadline = Instant.now().plus(timeoutOr(USUAL_TIMEOUT));
        return new ApprovalWait(request, target, interval, deadline)
                .hidden(!showOnPage)
                .notApprovedBy(forbidSelfApproval ? BuildStarter.of(run) : null);
    }

    /**
     * What a build without a Pipeline does when its wait has ended, checked without a call.
     *
     * @param console writes a line to the build's log
     */
    public ApprovalAftermath aftermath(Run<?, ?> run, ApprovalWait wait, Consumer<String> console)
            throws ServiceNowException {
        Ending ending =
                Ending.of(buildResult, onNotRun, returnOutcome, wait.target().table());
        return new ApprovalAftermath(run, wait, ending, console);
    }

    private ApprovalRequest request() {
        return new ApprovalRequest(
                ticketType,
                ticketNumber,
                sysId,
                approvalCriteria,
                rejectionCriteria,
                mustMatch,
                changeWindow,
                onConflict,
                onSentBack,
                onWindowMissed);
    }

    private Duration interval(Connector connector) throws ServiceNowException {
        if (retryInterval != null) {
            return DurationText.parse("retryInterval", retryInterval);
        }
        Duration least = connector.getLimits().smallestInterval();
        return USUAL_INTERVAL.compareTo(least) < 0 ? least : USUAL_INTERVAL;
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends ServiceNowStepDescriptor {

        @Override
        public String getFunctionName() {
            return "serviceNowApproval";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowApprovalStep_displayName();
        }

        /** Refuses what is no number, or a number beside a sys_id. */
        @POST
        public FormValidation doCheckTicketNumber(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String sysId) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            // the Pipeline may well get it from a variable
            return isOpen(value)
                    ? FormValidation.ok()
                    : checked(() -> ApprovalRequest.key(value, Util.fixEmptyAndTrim(sysId)));
        }

        /** Refuses what is no sys_id. */
        @POST
        public FormValidation doCheckSysId(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return isOpen(value) ? FormValidation.ok() : checked(() -> ApprovalRequest.key(null, value));
        }

        /** Refuses what is no time, or less than the connector allows. */
        @POST
        public FormValidation doCheckRetryInterval(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            if (isOpen(value)) {
                return FormValidation.ok();
            }
            return checked(() -> {
                Duration interval = DurationText.parse("retryInterval", value);
                return Connectors.find(connector, ConnectorUse.by(item).every(interval));
            });
        }

        public ListBoxModel doFillBuildResultItems() {
            return choices(Ending.USUAL_RESULT, Ending.OTHER_RESULTS);
        }

        public ListBoxModel doFillOnNotRunItems() {
            return choices(Messages.ServiceNowApprovalStep_byCreator(), List.of("cancel", "leave"));
        }

        public ListBoxModel doFillOnConflictItems() {
            return choices("reject", List.of("approve"));
        }

        public ListBoxModel doFillOnSentBackItems() {
            return choices("wait", List.of("reject"));
        }

        public ListBoxModel doFillOnWindowMissedItems() {
            return choices("fail", List.of("wait"));
        }

        /** The first word is the default, which is stored as nothing. */
        private static ListBoxModel choices(String usual, List<String> others) {
            ListBoxModel choices = new ListBoxModel(new ListBoxModel.Option(usual, ""));
            others.forEach(choices::add);
            return choices;
        }
    }
}
