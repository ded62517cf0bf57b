package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.approval.Condition;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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

        /** Lets a Pipeline write numbers and lists where the form has a text. */
        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            Map<String, Object> texts = new HashMap<>(arguments);
            texts.computeIfPresent("value", (name, value) -> text(value));
            return texts;
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
