package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.approval.ChangeWindow;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A change window as a user writes it: two fields of the ticket, or a kind. */
public class ApprovalWindow implements Describable<ApprovalWindow>, Serializable {

    private static final long serialVersionUID = 1L;

    private String start;
    private String end;
    private String kind;

    @DataBoundConstructor
    public ApprovalWindow() {}

    /** The field that holds the start; null for none. */
    public String getStart() {
        return start;
    }

    @DataBoundSetter
    public void setStart(String start) {
        this.start = Util.fixEmptyAndTrim(start);
    }

    /** The field that holds the end; null for none. */
    public String getEnd() {
        return end;
    }

    @DataBoundSetter
    public void setEnd(String end) {
        this.end = Util.fixEmptyAndTrim(end);
    }

    /** {@code planned} for the ticket type's own planned dates, {@code none} for no window; null if fields are given. */
    public String getKind() {
        return kind;
    }

    @DataBoundSetter
    public void setKind(String kind) {
        this.kind = Util.fixEmptyAndTrim(kind);
    }

    /**
     * Reads a window.
     *
     * @param ticketType the tickets' table
     * @param given what the user wrote; null for none
     * @return the window; null for none
     */
    public static ChangeWindow read(String ticketType, ApprovalWindow given) throws ServiceNowException {
        return given == null
                ? null
                : ChangeWindow.parse("changeWindow", ticketType, given.start, given.end, given.kind);
    }

    /** The form of a window. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ApprovalWindow> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApprovalWindow_displayName();
        }

        public ListBoxModel doFillKindItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ApprovalWindow_fields(), ""),
                    new ListBoxModel.Option(Messages.ApprovalWindow_planned(), "planned"),
                    new ListBoxModel.Option(Messages.ApprovalWindow_none(), "none"));
        }
    }
}
