package io.jenkins.plugins.servicenowconnector.job.gate;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorChoices;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.step.FieldRow;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStepDescriptor;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What a build must have before it starts: a ticket, and what makes that ticket an approval. */
public class ApprovalGate implements Describable<ApprovalGate> {

    private String connector;
    private String agentLabel;
    private String ticketParameter;
    private String ticketType;
    private ServiceNowCreateStep create;
    private boolean createForTriggers;
    private ApprovalCriteria approvalCriteria;
    private ApprovalCriteria rejectionCriteria;
    private ApprovalCriteria mustMatch;
    private ApprovalWindow changeWindow;
    private String onConflict;
    private String onSentBack;
    private String onWindowMissed;
    private String onNotRun;
    private boolean forbidSelfApproval;
    private String retryInterval;
    private String timeout;

    /** So written that it is false in old configurations. */
    private boolean hidden;

    /** Rows that came before the step that they are for. */
    private transient List<FieldRow> fieldRows;

    private transient List<FieldRow> nameRows;

    @DataBoundConstructor
    public ApprovalGate() {}

    /** The id or name of the connector; null for the job's default. */
    public String getConnector() {
        return connector;
    }

    @DataBoundSetter
    public void setConnector(String connector) {
        this.connector = Util.fixEmptyAndTrim(connector);
    }

    /** A label expression that the agents must match in addition to the connector's; null for what the job says. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** The name of the build parameter that names the ticket; null if the ticket is created. */
    public String getTicketParameter() {
        return ticketParameter;
    }

    @DataBoundSetter
    public void setTicketParameter(String ticketParameter) {
        this.ticketParameter = Util.fixEmptyAndTrim(ticketParameter);
    }

    /** The table of the ticket that the parameter names; null for change_request. */
    public String getTicketType() {
        return ticketType;
    }

    @DataBoundSetter
    public void setTicketType(String ticketType) {
        this.ticketType = Util.fixEmptyAndTrim(ticketType);
    }

    /** The ticket that is created for each build; null if a parameter names it. */
    public ServiceNowCreateStep getCreate() {
        return create;
    }

    @DataBoundSetter
    public void setCreate(ServiceNowCreateStep create) {
        this.create = create;
        addRows();
    }

    /** Always null: the rows are part of the ticket that is created. */
    public List<FieldRow> getFields() {
        return null;
    }

    /** Adds to the fields of the ticket that is created; for Job DSL, which knows no maps. */
    @DataBoundSetter
    public void setFields(List<FieldRow> fields) {
        fieldRows = fields;
        addRows();
    }

    /** Always null: the rows are part of the ticket that is created. */
    public List<FieldRow> getNames() {
        return null;
    }

    /** Adds to the fields by name of the ticket that is created; for Job DSL. */
    @DataBoundSetter
    public void setNames(List<FieldRow> names) {
        nameRows = names;
        addRows();
    }

    private void addRows() {
        if (create != null) {
            TicketStepDescriptor.addFields(create, fieldRows);
            TicketStepDescriptor.addNames(create, nameRows);
            fieldRows = null;
            nameRows = null;
        }
    }

    /** Whether a ticket is created for builds that nobody has asked for: of source code changes and timers. */
    public boolean isCreateForTriggers() {
        return createForTriggers;
    }

    @DataBoundSetter
    public void setCreateForTriggers(boolean createForTriggers) {
        this.createForTriggers = createForTriggers;
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

    /** When the build may start; null for the default. */
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

    /** What becomes of a change whose build does not start: {@code cancel} or {@code leave}; null to cancel those created here. */
    public String getOnNotRun() {
        return onNotRun;
    }

    @DataBoundSetter
    public void setOnNotRun(String onNotRun) {
        this.onNotRun = Util.fixEmptyAndTrim(onNotRun);
    }

    /** Whether an approval by whoever starts the build counts as a rejection. */
    public boolean isForbidSelfApproval() {
        return forbidSelfApproval;
    }

    @DataBoundSetter
    public void setForbidSelfApproval(boolean forbidSelfApproval) {
        this.forbidSelfApproval = forbidSelfApproval;
    }

    /** How long to wait between looks, such as {@code 1m}; null for a minute. */
    public String getRetryInterval() {
        return retryInterval;
    }

    @DataBoundSetter
    public void setRetryInterval(String retryInterval) {
        this.retryInterval = Util.fixEmptyAndTrim(retryInterval);
    }

    /** How long a build waits, such as {@code 2d}; null for a day. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    /** Whether pages and the queue show the ticket's state and what is unmet. */
    public boolean isShowOnPage() {
        return !hidden;
    }

    @DataBoundSetter
    public void setShowOnPage(boolean showOnPage) {
        this.hidden = !showOnPage;
    }

    /** Refuses a gate that no build could ever pass. */
    public void check() throws ServiceNowException {
        if ((ticketParameter == null) == (create == null)) {
            throw ServiceNowException.badInput(
                    "ticketParameter", "or a ticket that is created must be given in the job's gate, and not both.");
        }
        if (onNotRun != null && !List.of("cancel", "leave").contains(onNotRun)) {
            throw ServiceNowException.badInput("onNotRun", "is '" + onNotRun + "', which is neither cancel nor leave.");
        }
    }

    /** The form of a gate. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ApprovalGate> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApprovalGate_displayName();
        }

        /** The connectors that the job may use. */
        @POST
        public ListBoxModel doFillConnectorItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ListBoxModel(new ListBoxModel.Option(Util.fixNull(connector)));
            }
            return ConnectorChoices.of(item, connector, Messages.ApprovalGate_defaultConnector());
        }

        /** Refuses what is no time, or less than the connector allows. */
        @POST
        public FormValidation doCheckRetryInterval(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return waiting().doCheckRetryInterval(item, value, connector);
        }

        /** Refuses a time that is too long, or none. */
        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return waiting().doCheckTimeout(item, value);
        }

        private static ServiceNowApprovalStep.DescriptorImpl waiting() {
            return ExtensionList.lookupSingleton(ServiceNowApprovalStep.DescriptorImpl.class);
        }

        public ListBoxModel doFillOnConflictItems() {
            return choices("reject", "approve");
        }

        public ListBoxModel doFillOnSentBackItems() {
            return choices("wait", "reject");
        }

        public ListBoxModel doFillOnWindowMissedItems() {
            return choices("fail", "wait");
        }

        public ListBoxModel doFillOnNotRunItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ApprovalGate_cancelOwn(), ""),
                    new ListBoxModel.Option("cancel"),
                    new ListBoxModel.Option("leave"));
        }

        /** The first word is the default, which is stored as nothing. */
        private static ListBoxModel choices(String usual, String other) {
            return new ListBoxModel(new ListBoxModel.Option(usual, ""), new ListBoxModel.Option(other));
        }
    }
}
