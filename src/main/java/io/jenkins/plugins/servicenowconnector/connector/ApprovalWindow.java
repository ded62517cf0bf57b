package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.approval.ChangeWindow;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormField;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormList;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormOption;
import java.io.Serializable;
import java.util.Set;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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

        private static final Set<String> TIMES = Set.of("glide_date_time", "glide_date", "due_date");

        /** Says whether kind and fields go together for tickets of this type. */
        @POST
        public FormValidation doCheckKind(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String start,
                @QueryParameter String end,
                @RelativePath("..") @QueryParameter String ticketType) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            String table = ApprovalCondition.DescriptorImpl.table(ticketType);
            return ConnectorDescriptor.checked(
                    () -> ChangeWindow.parse(Messages.ApprovalWindow_displayName(), table, start, end, value));
        }

        /** The date-time fields of the tickets that the form is about. */
        @POST
        public ComboBoxModel doFillStartItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String connector,
                @RelativePath("..") @QueryParameter String ticketType) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            return times(item, connector, ticketType);
        }

        /** The same for the end. */
        @POST
        public ComboBoxModel doFillEndItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String connector,
                @RelativePath("..") @QueryParameter String ticketType) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            return times(item, connector, ticketType);
        }

        private static ComboBoxModel times(Item item, String connector, String ticketType) {
            if (connector == null) {
                return new ComboBoxModel();
            }
            String table = ApprovalCondition.DescriptorImpl.table(ticketType);
            return FormChoices.offer(item, connector, table, "times", lists -> times(lists, table));
        }

        private static FormList<FormOption> times(FormLists lists, String table)
                throws ServiceNowException, InterruptedException {
            FormList<FormField> fields = lists.fields(table);
            return new FormList<>(
                    fields.entries().stream()
                            .filter(field -> TIMES.contains(field.type()))
                            .map(field -> new FormOption(field.name(), field.label()))
                            .toList(),
                    fields.hint());
        }

        public ListBoxModel doFillKindItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ApprovalWindow_fields(), ""),
                    new ListBoxModel.Option(Messages.ApprovalWindow_planned(), "planned"),
                    new ListBoxModel.Option(Messages.ApprovalWindow_none(), "none"));
        }
    }
}
