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
import io.jenkins.plugins.servicenowconnector.engine.approval.Condition;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormField;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormList;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormOption;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One condition of criteria, as a user writes it: a field, an operator and a value. */
public class ApprovalCondition implements Describable<ApprovalCondition>, Serializable {

    private static final long serialVersionUID = 1L;

    private String field;
    private String operator;
    private String value;

    @DataBoundConstructor
    public ApprovalCondition() {}

    /** The field's name, dots and a last {@code value} or {@code displayValue} allowed. */
    public String getField() {
        return field;
    }

    @DataBoundSetter
    public void setField(String field) {
        this.field = Util.fixEmptyAndTrim(field);
    }

    /** How the field is compared; null for {@code =}. */
    public String getOperator() {
        return operator;
    }

    @DataBoundSetter
    public void setOperator(String operator) {
        this.operator = Util.fixEmptyAndTrim(operator);
    }

    /** What the field is compared with; null for an empty field. */
    public String getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(String value) {
        this.value = Util.fixEmpty(value);
    }

    Map<String, String> parts() {
        Map<String, String> parts = new HashMap<>();
        parts.put("field", Util.fixNull(field));
        parts.put("operator", Util.fixNull(operator));
        parts.put("value", Util.fixNull(value));
        return parts;
    }

    /** The form of a condition. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ApprovalCondition> implements CustomDescribableModel {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApprovalCondition_displayName();
        }

        public ListBoxModel doFillOperatorItems() {
            return new ListBoxModel().add("=").add("!=").add("in").add("not in");
        }

        /**
         * The fields of the tickets that the form is about.
         *
         * @param connector the connector that is chosen there; null where none is
         */
        @POST
        public ComboBoxModel doFillFieldItems(
                @AncestorInPath Item item,
                @RelativePath("../..") @QueryParameter String connector,
                @RelativePath("../..") @QueryParameter String ticketType) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            if (connector == null) {
                return new ComboBoxModel();
            }
            String table = table(ticketType);
            return FormChoices.offer(item, connector, table, "readable", lists -> readable(lists, table));
        }

        /** Says what is wrong with a field's name, or why there is none to choose from. */
        @POST
        public FormValidation doCheckField(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @RelativePath("../..") @QueryParameter String connector,
                @RelativePath("../..") @QueryParameter String ticketType) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            FormValidation name = ConnectorDescriptor.checked(
                    () -> Condition.parse(Messages.ApprovalCondition_displayName(), value, "=", ""));
            if (connector == null || name.kind != FormValidation.Kind.OK) {
                return name;
            }
            String table = table(ticketType);
            return FormChoices.hint(item, connector, table, "readable", lists -> readable(lists, table));
        }

        /** Says what is wrong with a value, such as a list with an open quote. */
        @POST
        public FormValidation doCheckValue(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String operator) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return ConnectorDescriptor.checked(
                    () -> Condition.parse(Messages.ApprovalCondition_displayName(), "value", operator, value));
        }

        static String table(String ticketType) {
            String given = Util.fixEmptyAndTrim(ticketType);
            return given == null ? "change_request" : given.toLowerCase(Locale.ROOT);
        }

        private static FormList<FormOption> readable(FormLists lists, String table)
                throws ServiceNowException, InterruptedException {
            FormList<FormField> fields = lists.fields(table);
            return new FormList<>(
                    fields.entries().stream()
                            .map(field -> new FormOption(field.name(), field.label()))
                            .toList(),
                    fields.hint());
        }

        /** Lets a Pipeline write numbers and lists where the form has a text. */
        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            Map<String, Object> texts = new HashMap<>(arguments);
            texts.computeIfPresent("value", (name, value) -> text(value));
            return texts;
        }

        /** Writes lists as lists, as somebody would who writes a Pipeline by hand. */
        @NonNull
        @Override
        public UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable texts) {
            Map<String, Object> arguments = new TreeMap<>(texts.getArguments());
            String how = String.valueOf(arguments.get("operator"));
            if (!(how.equals("in") || how.equals("not in")) || !(arguments.get("value") instanceof String list)) {
                return texts;
            }
            try {
                arguments.put(
                        "value",
                        Condition.listValues("value", list).stream()
                                .map(DescriptorImpl::number)
                                .toList());
                return texts.withArguments(arguments);
            } catch (ServiceNowException e) {
                return texts;
            }
        }

        private static Object number(String text) {
            return text.matches("0|-?[1-9][0-9]{0,8}") ? (Object) Integer.valueOf(text) : text;
        }

        private static String text(Object value) {
            try {
                return value instanceof List<?> list ? Condition.listText("value", list) : String.valueOf(value);
            } catch (ServiceNowException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
