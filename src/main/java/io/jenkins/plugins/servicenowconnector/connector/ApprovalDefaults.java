package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What approvals of one ticket type are judged by where a step says nothing, or in addition to what it says. */
public class ApprovalDefaults implements Describable<ApprovalDefaults>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String ticketType;
    private ApprovalCriteria approvalCriteria;
    private ApprovalCriteria rejectionCriteria;
    private ApprovalCriteria mustMatch;
    private ApprovalWindow changeWindow;
    private boolean enforced;

    /** @param ticketType the table */
    @DataBoundConstructor
    public ApprovalDefaults(String ticketType) {
        this.ticketType = Util.fixNull(ticketType).trim();
    }

    /** The table. */
    public String getTicketType() {
        return ticketType;
    }

    /** When a ticket counts as approved; null for nothing. */
    public ApprovalCriteria getApprovalCriteria() {
        return approvalCriteria;
    }

    @DataBoundSetter
    public void setApprovalCriteria(ApprovalCriteria approvalCriteria) {
        this.approvalCriteria = approvalCriteria;
    }

    /** When a ticket counts as rejected; null for nothing. */
    public ApprovalCriteria getRejectionCriteria() {
        return rejectionCriteria;
    }

    @DataBoundSetter
    public void setRejectionCriteria(ApprovalCriteria rejectionCriteria) {
        this.rejectionCriteria = rejectionCriteria;
    }

    /** What must hold at every look; null for nothing. */
    public ApprovalCriteria getMustMatch() {
        return mustMatch;
    }

    @DataBoundSetter
    public void setMustMatch(ApprovalCriteria mustMatch) {
        this.mustMatch = mustMatch;
    }

    /** When work may go on; null for nothing. */
    public ApprovalWindow getChangeWindow() {
        return changeWindow;
    }

    @DataBoundSetter
    public void setChangeWindow(ApprovalWindow changeWindow) {
        this.changeWindow = changeWindow;
    }

    /** Whether all of this must hold in addition to what a step gives. */
    public boolean isEnforced() {
        return enforced;
    }

    @DataBoundSetter
    public void setEnforced(boolean enforced) {
        this.enforced = enforced;
    }

    /**
     * The parts of one kind that count.
     *
     * @param given what the step gives; null for nothing
     * @param own what is configured here; null for nothing
     */
    public <T> List<T> parts(T given, T own) {
        List<T> parts = new ArrayList<>();
        if (given != null) {
            parts.add(given);
        }
        if (own != null && (given == null || enforced)) {
            parts.add(own);
        }
        return parts;
    }

    /** The table in the form in which it is compared. */
    String table() throws ServiceNowException {
        return Syntax.table("Approval defaults: ticket type", ticketType);
    }

    /** Refuses what cannot be read. */
    void check() throws ServiceNowException {
        String table = table();
        String place = "Approval defaults of " + table + ": ";
        ApprovalCriteria.read(place + "approvalCriteria", approvalCriteria);
        ApprovalCriteria.read(place + "rejectionCriteria", rejectionCriteria);
        ApprovalCriteria.read(place + "mustMatch", mustMatch);
        ApprovalWindow.read(table, changeWindow);
    }

    /** The form of the defaults for one type. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ApprovalDefaults> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApprovalDefaults_displayName();
        }

        @POST
        public FormValidation doCheckTicketType(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            return ConnectorDescriptor.checked(() -> new ApprovalDefaults(value).table());
        }
    }
}
