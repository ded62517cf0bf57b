package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code serviceNowCreate}: creates one ticket. */
public class ServiceNowCreateStep extends ServiceNowStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String CHANGE = "change_request";

    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

    private String ticketType;
    private String shortDescription;
    private String description;
    private String changeType;
    private LinkedHashMap<String, Object> fields;
    private boolean requestApproval;

    @DataBoundConstructor
    public ServiceNowCreateStep() {}

    /** The table; null for change_request. */
    public String getTicketType() {
        return ticketType;
    }

    @DataBoundSetter
    public void setTicketType(String ticketType) {
        this.ticketType = Util.fixEmptyAndTrim(ticketType);
    }

    /** The ticket's title; null for none. */
    public String getShortDescription() {
        return shortDescription;
    }

    @DataBoundSetter
    public void setShortDescription(String shortDescription) {
        this.shortDescription = Util.fixEmptyAndTrim(shortDescription);
    }

    /** The ticket's text; null for none. */
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /** {@code normal}, {@code standard} or {@code emergency}; null for normal, and for other tables. */
    public String getChangeType() {
        return changeType;
    }

    @DataBoundSetter
    public void setChangeType(String changeType) {
        this.changeType = Util.fixEmptyAndTrim(changeType);
    }

    /** Further fields by name: texts, numbers, booleans, or lists of these; null for none. */
    public Map<String, Object> getFields() {
        return fields == null ? null : new LinkedHashMap<>(fields);
    }

    @DataBoundSetter
    public void setFields(Map<String, Object> fields) {
        this.fields = fields == null || fields.isEmpty() ? null : FieldRows.plain(fields);
    }

    /** Whether a change is moved on to its first approval state. */
    public boolean isRequestApproval() {
        return requestApproval;
    }

    @DataBoundSetter
    public void setRequestApproval(boolean requestApproval) {
        this.requestApproval = requestApproval;
    }

    /**
     * What is to be created, checked.
     *
     * @param defaults fields that the ticket gets where the step says nothing
     */
    NewTicket order(Map<String, String> defaults) throws ServiceNowException {
        String table = ticketType == null ? CHANGE : ticketType;
        Map<String, Object> all = new LinkedHashMap<>(defaults);
        if (shortDescription != null) {
            all.remove("short_description");
        }
        if (description != null) {
            all.remove("description");
        }
        String type = changeType == null && table.equalsIgnoreCase(CHANGE) ? defaults.get("type") : changeType;
        if (changeType != null) {
            all.keySet().removeAll(Set.of("type", "chg_model"));
        }
        if (fields != null) {
            all.putAll(fields);
        }
        return NewTicket.of(table, shortDescription, description, type, all);
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            return new ServiceNowCreateExecution(context, this, Instant.now().plus(timeoutOr(USUAL_TIMEOUT)));
        } catch (ServiceNowException e) {
            throw ServiceNowExecution.readable(e);
        }
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends ServiceNowStepDescriptor {

        @Override
        public String getFunctionName() {
            return "serviceNowCreate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowCreateStep_displayName();
        }

        @Override
        public ServiceNowCreateStep newInstance(StaplerRequest2 request, @NonNull JSONObject form)
                throws Descriptor.FormException {
            ServiceNowCreateStep step =
                    (ServiceNowCreateStep) super.newInstance(request, FieldRows.without("fields", form));
            step.setFields(FieldRows.read("fields", form));
            return step;
        }

        /** The rows that the form shows for a step's fields. */
        public List<FieldRow> fieldRows(ServiceNowCreateStep step) {
            return FieldRows.of(step == null ? null : step.getFields());
        }

        public ListBoxModel doFillChangeTypeItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.ServiceNowCreateStep_changeTypeDefault(), ""),
                    new ListBoxModel.Option("normal"),
                    new ListBoxModel.Option("standard"),
                    new ListBoxModel.Option("emergency"));
        }
    }
}
