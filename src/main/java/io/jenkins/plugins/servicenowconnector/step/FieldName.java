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
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormList;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormOption;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One field that is read, as a form shows it. */
public class FieldName implements Describable<FieldName> {

    private final String name;

    /** @param name the field's name; a dot leads into another record */
    @DataBoundConstructor
    public FieldName(String name) {
        this.name = Util.fixNull(name).trim();
    }

    /** The field's name; empty if none is given. */
    public String getName() {
        return name;
    }

    /** The form of a name, which offers the fields of the table that the step around it reads. */
    @Extension
    public static class DescriptorImpl extends Descriptor<FieldName> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FieldName_displayName();
        }

        /** The fields of the table. */
        @POST
        public ComboBoxModel doFillNameItems(
                @AncestorInPath Item item,
                @RelativePath("..") @QueryParameter String connector,
                @RelativePath("..") @QueryParameter String ticketType,
                @RelativePath("..") @QueryParameter String changeTasksOf) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            String table = FieldRow.DescriptorImpl.table(ticketType, changeTasksOf, null);
            return FormChoices.offer(item, connector, table, "fieldsToRead", lists -> readable(lists, table));
        }

        /** Says what is wrong with a name, or why there is none to choose from. */
        @POST
        public FormValidation doCheckName(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @RelativePath("..") @QueryParameter String connector,
                @RelativePath("..") @QueryParameter String ticketType,
                @RelativePath("..") @QueryParameter String changeTasksOf) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            String name = Util.fixEmptyAndTrim(value);
            try {
                if (name != null) {
                    Syntax.readField("Name", name);
                }
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
            String table = FieldRow.DescriptorImpl.table(ticketType, changeTasksOf, null);
            return FormChoices.hint(item, connector, table, "fieldsToRead", lists -> readable(lists, table));
        }

        /** Journals are never read into a build. */
        private static FormList<FormOption> readable(FormLists lists, String table)
                throws ServiceNowException, InterruptedException {
            var fields = lists.fields(table);
            return new FormList<>(
                    fields.entries().stream()
                            .filter(field -> !field.type().startsWith("journal"))
                            .map(field -> new FormOption(field.name(), field.label()))
                            .toList(),
                    fields.hint());
        }
    }
}
