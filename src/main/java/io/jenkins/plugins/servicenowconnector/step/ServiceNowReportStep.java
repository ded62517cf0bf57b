package io.jenkins.plugins.servicenowconnector.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.io.Serial;
import java.util.function.Predicate;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code serviceNowReport}: tells a ticket how the deployment went. */
public class ServiceNowReportStep extends NamedTicketStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private String result;

    /** Which tickets of the build; null for those of the step's connector. */
    private transient Predicate<BuildTicket> chosen;

    private transient Item place;

    @DataBoundConstructor
    public ServiceNowReportStep() {}

    /** What the report says came of it; null for the build's result so far. */
    public String getResult() {
        return result;
    }

    @DataBoundSetter
    public void setResult(String result) {
        this.result = Util.fixEmptyAndTrim(result);
    }

    /**
     * Reports to these tickets of the build and no others.
     *
     * @param chosen which tickets
     * @param place from where upwards their connector is looked for
     */
    public void only(Predicate<BuildTicket> chosen, Item place) {
        this.chosen = chosen;
        this.place = place;
    }

    @Override
    protected Item place(Job<?, ?> job) {
        return place == null ? job : place;
    }

    private boolean isMeant(BuildTicket ticket, OpenConnector connector) {
        return chosen == null ? ticket.isOf(connector.reference(), connector.key()) : chosen.test(ticket);
    }

    @Override
    protected TicketWork work(FoundConnector connector) throws ServiceNowException {
        boolean isNamed = getTicketNumber() != null || getSysId() != null;
        TicketSelection selection = isNamed
                ? SelectionInput.of(getTicketType(), getTicketNumber(), getSysId(), null, null)
                        .toUpdate()
                : null;
        String table = selection != null
                ? selection.table()
                : getTicketType() == null ? null : Syntax.table("ticketType", getTicketType());
        return new ReportWork(selection, table, result, this::isMeant);
    }

    /** The form of the step. */
    @Extension
    public static class DescriptorImpl extends TicketStepDescriptor<ServiceNowReportStep> {

        @Override
        public String getFunctionName() {
            return "serviceNowReport";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowReportStep_displayName();
        }
    }
}
