package io.jenkins.plugins.servicenowconnector.step;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorChoices;
import io.jenkins.plugins.servicenowconnector.connector.FormChoices;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What all our steps have in common: which connector, from which agents, for how long. */
public abstract class ServiceNowStep extends Step implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The longest time that Harness and we wait for anything. */
    private static final Duration LONGEST = Duration.ofDays(24).plusHours(20).plusMinutes(30);

    private String connector;
    private String agentLabel;
    private String timeout;

    /** The connector's id or name; null for the only one. */
    public String getConnector() {
        return connector;
    }

    @DataBoundSetter
    public void setConnector(String connector) {
        this.connector = Util.fixEmptyAndTrim(connector);
    }

    /** A label expression that the agents must match in addition to the connector's; null for none. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** How long the step may take, such as {@code 10m}; null for the step's default. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    /** How long the step may take. */
    Duration timeoutOr(Duration usual) throws ServiceNowException {
        return timeout(timeout, usual);
    }

    /**
     * How long something may take.
     *
     * @param text such as {@code 10m}; null for the usual time
     * @throws ServiceNowException if it is no duration, or too long a one
     */
    public static Duration timeout(String text, Duration usual) throws ServiceNowException {
        if (text == null) {
            return usual;
        }
        Duration given = DurationText.parse("timeout", text);
        if (given.compareTo(LONGEST) > 0) {
            throw ServiceNowException.badInput(
                    "timeout", "is longer than " + DurationText.format(LONGEST) + ", the longest time there is.");
        }
        return given;
    }

    /** What the descriptors of our steps have in common. */
    public abstract static class ServiceNowStepDescriptor extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** The connectors that the job may use. */
        @POST
        public ListBoxModel doFillConnectorItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ListBoxModel(new ListBoxModel.Option(Util.fixNull(connector)));
            }
            return ConnectorChoices.of(item, connector, Messages.ServiceNowStep_defaultConnector());
        }

        /** The ticket types of the instance. */
        @POST
        public ComboBoxModel doFillTicketTypeItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ComboBoxModel();
            }
            return FormChoices.offer(item, connector, null, "ticketTypes", FormLists::ticketTypes);
        }

        /** Says why there is nothing to choose from. */
        @POST
        public FormValidation doCheckTicketType(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            try {
                if (!isOpen(value)) {
                    Syntax.table("Ticket type", value.trim());
                }
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
            return FormChoices.hint(item, connector, null, "ticketTypes", FormLists::ticketTypes);
        }

        /** Refuses a time that is too long, or none. */
        @POST
        public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return FormValidation.ok();
            }
            return isOpen(value) ? FormValidation.ok() : checked(() -> timeout(value.trim(), LONGEST));
        }

        /** Whether nothing can be said of a text before the build runs: none is given, or a freestyle job puts in a variable. */
        protected static boolean isOpen(String text) {
            return Util.fixEmptyAndTrim(text) == null || text.contains("$");
        }

        /** Something that refuses what was typed. */
        @FunctionalInterface
        protected interface Rule {
            Object apply() throws ServiceNowException;
        }

        /** What a rule says, as a form shows it. */
        protected static FormValidation checked(Rule rule) {
            try {
                rule.apply();
                return FormValidation.ok();
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        /** The table that is meant where none is given. */
        static String tableOr(String ticketType) {
            String given = Util.fixEmptyAndTrim(ticketType);
            return given == null ? "change_request" : given.toLowerCase(Locale.ROOT);
        }
    }
}
