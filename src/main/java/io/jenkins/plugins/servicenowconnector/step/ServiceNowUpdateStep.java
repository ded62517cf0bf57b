package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketParameters;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code serviceNowUpdate}: changes one ticket or several. */
public class ServiceNowUpdateStep extends SeveralTicketsStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private LinkedHashMap<String, Object> fields;
    private LinkedHashMap<String, Object> names;
    private String formTemplate;
    private ArrayList<String> affectedItems;
    private boolean workNote = true;
    private boolean failOnNotTaken;

    @DataBoundConstructor
    public ServiceNowUpdateStep() {}

    /** The fields that change, by name: texts, numbers, booleans, or lists of these; null for none. */
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

    /** The name of a form template; null for none. */
    public String getFormTemplate() {
        return formTemplate;
    }

    @DataBoundSetter
    public void setFormTemplate(String formTemplate) {
        this.formTemplate = Util.fixEmptyAndTrim(formTemplate);
    }

    /** Names or sys_ids of configuration items that are attached; null for none. */
    public List<String> getAffectedItems() {
        return affectedItems == null ? null : new ArrayList<>(affectedItems);
    }

    @DataBoundSetter
    public void setAffectedItems(List<String> affectedItems) {
        this.affectedItems = FieldRows.lines(affectedItems);
    }

    /** Whether Jenkins names itself in the tickets' work notes. */
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
        TicketSelection selection = selection().toUpdate();
        TicketRequest request = TicketRequest.toUpdate(new TicketParameters(selection.table())
                .fields(fields)
                .names(names)
                .formTemplate(formTemplate)
                .affectedItems(affectedItems));
        if (!request.affectedItems().isEmpty()) {
            connector.check(ConnectorUse.by(null).on("task_ci", Operation.CREATE));
        }
        return new UpdateWork(selection, request, workNote, failOnNotTaken);
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends TicketStepDescriptor<ServiceNowUpdateStep> {

        public DescriptorImpl() {
            rows("fields", ServiceNowUpdateStep::getFields, ServiceNowUpdateStep::setFields);
            rows("names", ServiceNowUpdateStep::getNames, ServiceNowUpdateStep::setNames);
        }

        @Override
        public String getFunctionName() {
            return "serviceNowUpdate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowUpdateStep_displayName();
        }
    }
}
