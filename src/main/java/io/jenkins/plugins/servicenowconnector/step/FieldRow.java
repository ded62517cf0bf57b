package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.connector.FormChoices;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormField;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormList;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormOption;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One field as a form shows it. */
public class FieldRow implements Describable<FieldRow> {

    private final String name;
    private final String value;

    /**
     * @param name the field's name
     * @param value its value as text
     */
    @DataBoundConstructor
    public FieldRow(String name, String value) {
        this.name = Util.fixNull(name).trim();
        this.value = Util.fixNull(value);
    }

    /** The field's name; empty if none is given. */
    public String getName() {
        return name;
    }

    /** Its value as text; empty clears the field. */
    public String getValue() {
        return value;
    }

    /** The form of a row, which offers the fields of the table that the step around it is about. */
    @Extension
    public static class DescriptorImpl extends Descriptor<FieldRow> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FieldRow_displayName();
        }

        /** The fields that may be written. */
        @POST
        public ComboBoxModel doFillNameItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String connector,
                @RelativePath("..") @QueryParameter String ticketType,
                @RelativePath("..") @QueryParameter String changeTasksOf,
                @RelativePath("..") @QueryParameter String stagingTable) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            String table = table(ticketType, changeTasksOf, stagingTable);
            return FormChoices.offer(item, connector, table, "fields", lists -> writable(lists, table));
        }

        /** Says what is wrong with a name, or why there is none to choose from. */
        @POST
        public FormValidation doCheckName(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @RelativePath("..") @QueryParameter String connector,
                @RelativePath("..") @QueryParameter String ticketType,
                @RelativePath("..") @QueryParameter String changeTasksOf,
                @RelativePath("..") @QueryParameter String stagingTable) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            String name = Util.fixEmptyAndTrim(value);
            try {
                if (name != null) {
                    Syntax.field("Name", name);
                }
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
            String table = table(ticketType, changeTasksOf, stagingTable);
            return FormChoices.hint(item, connector, table, "fields", lists -> writable(lists, table));
        }

        /** The table that the step around a row is about. */
        static String table(String ticketType, String changeTasksOf, String stagingTable) {
            if (Util.fixEmptyAndTrim(stagingTable) != null) {
                return ServiceNowStep.ServiceNowStepDescriptor.tableOr(stagingTable);
            }
            return Util.fixEmptyAndTrim(changeTasksOf) == null
                    ? ServiceNowStep.ServiceNowStepDescriptor.tableOr(ticketType)
                    : "change_task";
        }

        private static FormList<FormOption> writable(FormLists lists, String table)
                throws ServiceNowException, InterruptedException {
            FormList<FormField> fields = lists.fields(table);
            return new FormList<>(
                    fields.entries().stream()
                            .filter(field -> !field.isReadOnly())
                            .map(field -> new FormOption(field.name(), field.label()))
                            .toList(),
                    fields.hint());
        }
    }
}
