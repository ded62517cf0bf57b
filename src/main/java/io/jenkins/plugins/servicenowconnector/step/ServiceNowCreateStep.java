package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.FormChoices;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.JobDefaults;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Requester;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketParameters;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code serviceNowCreate}: creates one ticket. */
public class ServiceNowCreateStep extends TicketStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String CHANGE = "change_request";

    private static final String BUILD_USER = "buildUser";

    private String ticketType;
    private String shortDescription;
    private String description;
    private LinkedHashMap<String, Object> fields;
    private LinkedHashMap<String, Object> names;
    private String changeType;
    private String changeModel;
    private String changeTemplate;
    private String formTemplate;
    private String requestedBy;
    private ArrayList<String> affectedItems;
    private boolean requestApproval;
    private String onceFor;
    private boolean deduplicate = true;
    private boolean workNote = true;
    private boolean failOnNotTaken;

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

    /** Further fields by name: texts, numbers, booleans, or lists of these; null for none. */
    public Map<String, Object> getFields() {
        return FieldRows.copy(fields);
    }

    @DataBoundSetter
    public void setFields(Map<String, Object> fields) {
        this.fields = FieldRows.plainOrNull(fields);
    }

    /** Fields whose value is looked up by what people call it; null for none. */
    public Map<String, Object> getNames() {
        return FieldRows.copy(names);
    }

    @DataBoundSetter
    public void setNames(Map<String, Object> names) {
        this.names = FieldRows.plainOrNull(names);
    }

    /** {@code normal}, {@code standard} or {@code emergency}; null for normal, and for other tables. */
    public String getChangeType() {
        return changeType;
    }

    @DataBoundSetter
    public void setChangeType(String changeType) {
        this.changeType = Util.fixEmptyAndTrim(changeType);
    }

    /** Name or sys_id of a change model; null for that of the type. */
    public String getChangeModel() {
        return changeModel;
    }

    @DataBoundSetter
    public void setChangeModel(String changeModel) {
        this.changeModel = Util.fixEmptyAndTrim(changeModel);
    }

    /** The name of a standard change template; null for none. */
    public String getChangeTemplate() {
        return changeTemplate;
    }

    @DataBoundSetter
    public void setChangeTemplate(String changeTemplate) {
        this.changeTemplate = Util.fixEmptyAndTrim(changeTemplate);
    }

    /** The name of a form template; null for none. */
    public String getFormTemplate() {
        return formTemplate;
    }

    @DataBoundSetter
    public void setFormTemplate(String formTemplate) {
        this.formTemplate = Util.fixEmptyAndTrim(formTemplate);
    }

    /** Who requests the ticket: a user's name, e-mail or user name; null for who started the build. */
    public String getRequestedBy() {
        return requestedBy;
    }

    @DataBoundSetter
    public void setRequestedBy(String requestedBy) {
        String given = Util.fixEmptyAndTrim(requestedBy);
        this.requestedBy = BUILD_USER.equals(given) ? null : given;
    }

    /** Names or sys_ids of configuration items that are attached; null for none. */
    public List<String> getAffectedItems() {
        return affectedItems == null ? null : new ArrayList<>(affectedItems);
    }

    @DataBoundSetter
    public void setAffectedItems(List<String> affectedItems) {
        this.affectedItems = FieldRows.lines(affectedItems);
    }

    /** Whether a change is moved on to its first approval state. */
    public boolean isRequestApproval() {
        return requestApproval;
    }

    @DataBoundSetter
    public void setRequestApproval(boolean requestApproval) {
        this.requestApproval = requestApproval;
    }

    /** A text for which this job creates one ticket only, in whatever build; null for one in each build. */
    public String getOnceFor() {
        return onceFor;
    }

    @DataBoundSetter
    public void setOnceFor(String onceFor) {
        this.onceFor = Util.fixEmptyAndTrim(onceFor);
    }

    /** Whether a ticket of an earlier attempt is found again instead of a second one being created. */
    public boolean isDeduplicate() {
        return deduplicate;
    }

    @DataBoundSetter
    public void setDeduplicate(boolean deduplicate) {
        this.deduplicate = deduplicate;
    }

    /** Whether Jenkins names itself in the ticket's work notes. */
    public boolean isWorkNote() {
        return workNote;
    }

    @DataBoundSetter
    public void setWorkNote(boolean workNote) {
        this.workNote = workNote;
    }

    /** Whether a field that ServiceNow does not take is an error. */
    public boolean isFailOnNotTaken() {
        return failOnNotTaken;
    }

    @DataBoundSetter
    public void setFailOnNotTaken(boolean failOnNotTaken) {
        this.failOnNotTaken = failOnNotTaken;
    }

    @Override
    protected TicketWork work(FoundConnector connector) throws ServiceNowException {
        return new CreateWork(this, checked(connector));
    }

    /** What is asked for, as far as it can be checked without a call. */
    TicketRequest checked(FoundConnector connector) throws ServiceNowException {
        if (onceFor != null && !deduplicate) {
            throw ServiceNowException.badInput("onceFor", "and deduplicate: false exclude each other; give one.");
        }
        String table = ticketType == null ? CHANGE : ticketType.toLowerCase(Locale.ROOT);
        TicketRequest request = TicketRequest.toCreate(parameters()
                .connectorDefaults(connector.defaultFields(table))
                .requestedBy(requestedBy == null ? null : Requester.named(requestedBy)));
        if (requestApproval && !request.table().equals(CHANGE)) {
            throw ServiceNowException.badInput("requestApproval", "is for tickets of type change_request only.");
        }
        if (!request.affectedItems().isEmpty()) {
            connector.check(ConnectorUse.by(null).on("task_ci", Operation.CREATE));
        }
        return request;
    }

    /** What was checked, with what only the run knows: who started it, and what it says about itself. */
    TicketRequest request(TicketRequest checked, TicketRun run) throws ServiceNowException {
        return request(checked, run.run().getParent(), run.starter(), run.workNote());
    }

    /** The same for whoever has no run yet. */
    TicketRequest request(TicketRequest checked, Item job, Requester starter, String note) throws ServiceNowException {
        return TicketRequest.toCreate(parameters()
                .connectorDefaults(checked.defaults())
                .jobDefaults(JobDefaults.fieldsOf(job, checked.table()))
                .requestedBy(requestedBy == null ? starter : Requester.named(requestedBy))
                .workNote(workNote ? note : null));
    }

    private TicketParameters parameters() {
        return new TicketParameters(ticketType)
                .shortDescription(shortDescription)
                .description(description)
                .fields(fields)
                .names(names)
                .changeType(changeType)
                .changeModel(changeModel)
                .changeTemplate(changeTemplate)
                .formTemplate(formTemplate)
                .affectedItems(affectedItems);
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends TicketStepDescriptor<ServiceNowCreateStep> {

        public DescriptorImpl() {
            rows("fields", ServiceNowCreateStep::getFields, ServiceNowCreateStep::setFields);
            rows("names", ServiceNowCreateStep::getNames, ServiceNowCreateStep::setNames);
        }

        @Override
        public String getFunctionName() {
            return "serviceNowCreate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowCreateStep_displayName();
        }

        /** The standard change templates of the instance. */
        @POST
        public ComboBoxModel doFillChangeTemplateItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            return FormChoices.offer(item, connector, CHANGE, "changeTemplates", FormLists::changeTemplates);
        }

        /** Says why there is no template to choose from. */
        @POST
        public FormValidation doCheckChangeTemplate(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return FormChoices.hint(item, connector, CHANGE, "changeTemplates", FormLists::changeTemplates);
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
