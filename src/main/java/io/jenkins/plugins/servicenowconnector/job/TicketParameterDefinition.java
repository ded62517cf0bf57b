package io.jenkins.plugins.servicenowconnector.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.SimpleParameterDefinition;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorChoices;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FormChoices;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.connector.ShortQuestion;
import io.jenkins.plugins.servicenowconnector.engine.approval.WantedTicket;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormList;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormOption;
import java.io.Serial;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code serviceNowTicket}: a build parameter that names an open ticket, which is checked before the build starts. */
public class TicketParameterDefinition extends SimpleParameterDefinition {

    @Serial
    private static final long serialVersionUID = 1L;

    private String connector;
    private String ticketType;
    private String filter;
    private String mustMatch;
    private boolean optional;

    /** @param name the parameter's name */
    @DataBoundConstructor
    public TicketParameterDefinition(String name) {
        super(name);
    }

    /** The id or name of the connector; null for the default. */
    public String getConnector() {
        return connector;
    }

    @DataBoundSetter
    public void setConnector(String connector) {
        this.connector = Util.fixEmptyAndTrim(connector);
    }

    /** The table; null for change_request. */
    public String getTicketType() {
        return ticketType;
    }

    @DataBoundSetter
    public void setTicketType(String ticketType) {
        this.ticketType = Util.fixEmptyAndTrim(ticketType);
    }

    /** An encoded query that finds the tickets that may be named; null for all open ones. */
    public String getFilter() {
        return filter;
    }

    @DataBoundSetter
    public void setFilter(String filter) {
        this.filter = Util.fixEmptyAndTrim(filter);
    }

    /** Conditions that the ticket must meet, one on each line; null for none. */
    public String getMustMatch() {
        return mustMatch;
    }

    @DataBoundSetter
    public void setMustMatch(String mustMatch) {
        this.mustMatch = Util.fixEmptyAndTrim(mustMatch);
    }

    /** Whether a build may start without a ticket. */
    public boolean isOptional() {
        return optional;
    }

    @DataBoundSetter
    public void setOptional(boolean optional) {
        this.optional = optional;
    }

    /** No ticket. */
    @Override
    public ParameterValue getDefaultParameterValue() {
        return new TicketParameterValue(getName(), "");
    }

    @Override
    public ParameterValue createValue(StaplerRequest2 request, JSONObject form) {
        return createValue(form.getString("value"));
    }

    /**
     * The value for a number or sys_id, whose syntax is checked here. The instance is asked only for whoever sends a web
     * request, the build form too: elsewhere this runs on threads that must not wait, such as Pipeline's.
     */
    @Override
    public ParameterValue createValue(String text) {
        TicketParameterValue value = new TicketParameterValue(getName(), text);
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        try {
            checkSyntax(value);
            Job<?, ?> job = request == null ? null : request.findAncestorObject(Job.class);
            if (job != null && value.isGiven()) {
                // without a job, as from the command line, nobody knows which connector is meant
                askSoon(job, value);
            }
            return value;
        } catch (ServiceNowException e) {
            throw request == null ? new IllegalArgumentException(e.getMessage()) : new Failure(e.getMessage());
        }
    }

    /** What cannot be asked in time is asked before the build starts; an input of a build has no such second chance. */
    private void askSoon(Job<?, ?> job, TicketParameterValue value) throws ServiceNowException {
        try {
            ShortQuestion.ask(() -> find(job, value));
        } catch (ServiceNowException e) {
            if (!e.isPassing() || of(job, getName()) != this) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isValid(ParameterValue value) {
        try {
            if (value instanceof TicketParameterValue ticket) {
                checkSyntax(ticket);
                return true;
            }
        } catch (ServiceNowException e) {
            // no ticket has such a name
        }
        return false;
    }

    private void checkSyntax(TicketParameterValue value) throws ServiceNowException {
        if (value.isGiven()) {
            WantedTicket.key(getName(), value.entered());
        } else if (!optional) {
            throw ServiceNowException.badInput(getName(), "names no ticket; this job needs the number of one.");
        }
    }

    /**
     * Makes sure that a value names a ticket that may be named, and takes it down there. Waits for the instance.
     *
     * @param job the job that is to be built; null for none
     * @throws ServiceNowException if it may not be named, or cannot be looked up
     */
    Ticket find(Job<?, ?> job, TicketParameterValue value) throws ServiceNowException, InterruptedException {
        checkSyntax(value);
        WantedTicket wanted = WantedTicket.of(ticketType, filter, mustMatch);
        ConnectorUse use = ConnectorUse.by(job).on(wanted.table(), Operation.READ);
        OpenConnector open = Connectors.open(connector, use, null);
        Ticket ticket = wanted.find(open.instance(), WantedTicket.key(getName(), value.entered()));
        value.found(ticket, open);
        return ticket;
    }

    /** The parameter of this name that a job has; null if it has none of this kind. */
    static TicketParameterDefinition of(Job<?, ?> job, String name) {
        ParametersDefinitionProperty all = job == null ? null : job.getProperty(ParametersDefinitionProperty.class);
        ParameterDefinition one = all == null ? null : all.getParameterDefinition(name);
        return one instanceof TicketParameterDefinition ticket ? ticket : null;
    }

    /** The parameter's form, and what the build form asks. */
    @Extension
    @Symbol("serviceNowTicket")
    public static class DescriptorImpl extends ParameterDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TicketParameterDefinition_displayName();
        }

        /** The connectors that the job may use. */
        @POST
        public ListBoxModel doFillConnectorItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ListBoxModel(new ListBoxModel.Option(Util.fixNull(connector)));
            }
            return ConnectorChoices.of(item, connector, Messages.TicketParameterDefinition_default());
        }

        @POST
        public FormValidation doCheckTicketType(@AncestorInPath Item item, @QueryParameter String value) {
            return checked(item, value, null, null);
        }

        @POST
        public FormValidation doCheckFilter(@AncestorInPath Item item, @QueryParameter String value) {
            return checked(item, null, value, null);
        }

        @POST
        public FormValidation doCheckMustMatch(@AncestorInPath Item item, @QueryParameter String value) {
            return checked(item, null, null, value);
        }

        private static FormValidation checked(Item item, String ticketType, String filter, String mustMatch) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(Item.CONFIGURE);
            }
            try {
                WantedTicket.of(ticketType, filter, mustMatch);
                return FormValidation.ok();
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** The open tickets that may be named, for the build form. */
        @POST
        public ListBoxModel doFillValueItems(@AncestorInPath Job<?, ?> job, @QueryParameter String name) {
            ListBoxModel tickets = new ListBoxModel();
            TicketParameterDefinition parameter = of(job, name);
            if (parameter != null && job.hasPermission(Item.BUILD)) {
                parameter.open(job).entries().forEach(ticket -> tickets.add(ticket.label(), ticket.value()));
            }
            return tickets;
        }

        /** Says what ticket it is, why it may not be named, or why none are offered. */
        @POST
        public FormValidation doCheckValue(
                @AncestorInPath Job<?, ?> job, @QueryParameter String value, @QueryParameter String name) {
            TicketParameterDefinition parameter = of(job, name);
            if (parameter == null || !job.hasPermission(Item.BUILD)) {
                return FormValidation.ok();
            }
            TicketParameterValue entered = new TicketParameterValue(name, value);
            if (!entered.isGiven()) {
                String hint = parameter.open(job).hint();
                return hint.isEmpty() ? FormValidation.ok() : FormValidation.warning(hint);
            }
            try {
                Ticket ticket = ShortQuestion.ask(() -> parameter.find(job, entered));
                return FormValidation.ok(ticket.displayValue("short_description"));
            } catch (ServiceNowException e) {
                return e.isPassing() ? FormValidation.warning(e.getMessage()) : FormValidation.error(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return FormValidation.ok();
            }
        }
    }

    private FormList<FormOption> open(Job<?, ?> job) {
        String table = Util.fixNull(ticketType).isEmpty() ? "change_request" : ticketType;
        String question = "openTickets " + Util.fixNull(filter);
        return FormChoices.answer(job, connector, table, question, lists -> lists.openTickets(table, filter));
    }
}
