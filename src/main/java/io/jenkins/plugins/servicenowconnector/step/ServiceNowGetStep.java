package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.Found;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSearch;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code serviceNowGet}: reads one ticket, or those that a query finds. */
public class ServiceNowGetStep extends SeveralTicketsStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private ArrayList<String> fields;

    @DataBoundConstructor
    public ServiceNowGetStep() {}

    /** The fields that are read beyond the usual ones, dotted names allowed; null for none. */
    public List<String> getFields() {
        return fields == null ? null : new ArrayList<>(fields);
    }

    @DataBoundSetter
    public void setFields(List<String> fields) {
        this.fields = FieldRows.lines(fields);
    }

    @Override
    protected TicketWork work(FoundConnector connector) throws ServiceNowException {
        List<String> asked = fields == null ? List.of() : List.copyOf(fields);
        for (String field : asked) {
            Syntax.readField("fields", field);
        }
        return new Work(selection().toRead(), asked);
    }

    /** Reads. */
    private record Work(TicketSelection selection, List<String> fields) implements TicketWork {

        @Override
        public ConnectorUse use(ConnectorUse use) {
            return use.on(selection.table(), Operation.READ);
        }

        @Override
        public Turn go(TicketRun run, OpenConnector connector) throws ServiceNowException, InterruptedException {
            Found found = new TicketSearch(connector.instance()).read(selection, fields);
            if (!found.missing().isEmpty()) {
                run.log("Warning: these fields did not come back, they do not exist in " + selection.table()
                        + " or may not be read: " + String.join(", ", found.missing()));
            }
            if (selection.isOne()) {
                Ticket ticket = found.tickets().get(0);
                run.log("Read " + TicketRun.named(ticket, connector));
                return new Turn.Result(TicketResult.of(ticket, connector));
            }
            int count = found.tickets().size();
            run.log("Read " + count + (count == 1 ? " ticket of " : " tickets of ") + selection.table()
                    + (found.isMore() ? "; there are more than the limit lets through" : ""));
            if (found.unreadable() > 0) {
                run.log("Warning: " + found.unreadable() + " more of " + selection.table()
                        + " match but did not come back: the account of the connector may not read them.");
            }
            return new Turn.Result(TicketResult.list(found.tickets(), connector));
        }
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends TicketStepDescriptor<ServiceNowGetStep> {

        @Override
        public String getFunctionName() {
            return "serviceNowGet";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowGetStep_displayName();
        }

        @Override
        public ServiceNowGetStep newInstance(StaplerRequest2 request, @NonNull JSONObject form)
                throws Descriptor.FormException {
            JSONObject rest = JSONObject.fromObject(form);
            rest.remove("fields");
            ServiceNowGetStep step = super.newInstance(request, rest);
            step.setFields(FieldRows.names("fields", form));
            return step;
        }

        /** Here a row is a name alone. */
        @Override
        public Descriptor<?> getRow() {
            return ExtensionList.lookupSingleton(FieldName.DescriptorImpl.class);
        }

        /** The rows that the form shows for the fields; none for a new step. */
        public List<FieldName> namesOf(ServiceNowGetStep step) {
            return step == null || step.fields == null
                    ? List.of()
                    : step.fields.stream().map(FieldName::new).toList();
        }
    }
}
