package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.RelativePath;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.approval.Criteria;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Criteria as a user writes them: conditions, an expression, or both. */
public class ApprovalCriteria implements Describable<ApprovalCriteria>, Serializable {

    private static final long serialVersionUID = 1L;

    private String match;
    private List<ApprovalCondition> conditions;
    private String expression;

    @DataBoundConstructor
    public ApprovalCriteria() {}

    /** {@code all} or {@code any} of the conditions; null for all. */
    public String getMatch() {
        return match;
    }

    @DataBoundSetter
    public void setMatch(String match) {
        this.match = Util.fixEmptyAndTrim(match);
    }

    /** The conditions; null for none. */
    public List<ApprovalCondition> getConditions() {
        return conditions;
    }

    @DataBoundSetter
    public void setConditions(List<ApprovalCondition> conditions) {
        this.conditions = conditions == null || conditions.isEmpty() ? null : new ArrayList<>(conditions);
    }

    /** A JEXL expression over {@code ticket}; null for none. */
    public String getExpression() {
        return expression;
    }

    @DataBoundSetter
    public void setExpression(String expression) {
        this.expression = Util.fixEmptyAndTrim(expression);
    }

    /**
     * Reads criteria.
     *
     * @param parameter their name in an error
     * @param given what the user wrote; null for none
     * @return the criteria; null for none
     */
    public static Criteria read(String parameter, ApprovalCriteria given) throws ServiceNowException {
        if (given == null) {
            return null;
        }
        List<ApprovalCondition> conditions = given.conditions == null ? List.of() : given.conditions;
        return Criteria.parse(
                parameter,
                given.match,
                conditions.stream().map(ApprovalCondition::parts).toList(),
                given.expression);
    }

    /** The form of criteria. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ApprovalCriteria> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ApprovalCriteria_displayName();
        }

        public ListBoxModel doFillMatchItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ApprovalCriteria_all(), "all"),
                    new ListBoxModel.Option(Messages.ApprovalCriteria_any(), "any"));
        }

        /**
         * Says what is wrong with an expression, and where; a missing one is wrong where there is no condition either.
         *
         * @param field the field of a condition; null if there is none
         */
        @POST
        public FormValidation doCheckExpression(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @RelativePath("conditions") @QueryParameter String field) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            if (Util.fixEmptyAndTrim(value) == null && field != null) {
                return FormValidation.ok();
            }
            return ConnectorDescriptor.checked(
                    () -> Criteria.parse(Messages.ApprovalCriteria_displayName(), null, List.of(), value));
        }
    }
}
