package io.jenkins.plugins.servicenowconnector.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorChoices;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.connector.JobDefaults;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.job.gate.ApprovalGate;
import io.jenkins.plugins.servicenowconnector.job.gate.GateSource;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.model.OptionalJobProperty;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What all ServiceNow steps of a job have in common, unless a step says otherwise. */
public class ServiceNowJobProperty extends OptionalJobProperty<Job<?, ?>> {

    private String connector;
    private String agentLabel;
    private List<DefaultFields> defaultFields;
    private boolean reportAtEnd;
    private ApprovalGate gate;

    @DataBoundConstructor
    public ServiceNowJobProperty() {}

    /** The id or name of the connector that is used where a step names none; null for the folder's or Jenkins' default. */
    public String getConnector() {
        return connector;
    }

    @DataBoundSetter
    public void setConnector(String connector) {
        this.connector = Util.fixEmptyAndTrim(connector);
    }

    /** The agent label that stands where a step gives none; null for the connector's own. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** The fields that new tickets get where a step says nothing. */
    public List<DefaultFields> getDefaultFields() {
        return defaultFields == null ? List.of() : new ArrayList<>(defaultFields);
    }

    @DataBoundSetter
    public void setDefaultFields(List<DefaultFields> defaultFields) {
        this.defaultFields = defaultFields == null || defaultFields.isEmpty() ? null : new ArrayList<>(defaultFields);
    }

    /** Whether the tickets of a build are told at its end how it went. */
    public boolean isReportAtEnd() {
        return reportAtEnd;
    }

    @DataBoundSetter
    public void setReportAtEnd(boolean reportAtEnd) {
        this.reportAtEnd = reportAtEnd;
    }

    /** The property of a job; null if it has none, or is no job. */
    static ServiceNowJobProperty of(Item item) {
        return item instanceof Job<?, ?> job ? job.getProperty(ServiceNowJobProperty.class) : null;
    }

    /** What a build must have before it starts; null for nothing. */
    public ApprovalGate getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(ApprovalGate gate) {
        this.gate = gate;
    }

    /** Tells the queue which jobs have a gate of their own. */
    @Extension
    public static class Gate implements GateSource {

        @Override
        public ApprovalGate gate(Item place, Job<?, ?> job) {
            ServiceNowJobProperty property = place == job ? job.getProperty(ServiceNowJobProperty.class) : null;
            return property == null ? null : property.getGate();
        }
    }

    /** Tells the connectors what jobs set. */
    @Extension
    public static class Defaults implements JobDefaults {

        @Override
        public String connector(Item place) {
            ServiceNowJobProperty property = of(place);
            return property == null ? null : property.getConnector();
        }

        @Override
        public String agentLabel(Item place) {
            ServiceNowJobProperty property = of(place);
            return property == null ? null : property.getAgentLabel();
        }

        @Override
        public List<DefaultFields> fields(Item place) {
            ServiceNowJobProperty property = of(place);
            return property == null ? List.of() : property.getDefaultFields();
        }
    }

    /** What a part of the property keeps to. */
    @FunctionalInterface
    private interface Rule {
        void check() throws ServiceNowException;
    }

    /** The part of a job's form. */
    @Extension
    @Symbol("serviceNow")
    public static class DescriptorImpl extends OptionalJobPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ServiceNowJobProperty_displayName();
        }

        /** Refuses what no ticket could be created with. */
        @Override
        public JobProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            ServiceNowJobProperty entered = (ServiceNowJobProperty) super.newInstance(request, form);
            if (entered != null) {
                check("agentLabel", () -> AgentChoice.parse("Agent label", entered.getAgentLabel()));
                check("defaultFields", () -> DefaultFields.check(entered.getDefaultFields()));
            }
            return entered;
        }

        private static void check(String field, Rule rule) throws FormException {
            try {
                rule.check();
            } catch (ServiceNowException e) {
                throw new FormException(e.getMessage(), field);
            }
        }

        /** The connectors that the job may use. */
        @POST
        public ListBoxModel doFillConnectorItems(@AncestorInPath Item item, @QueryParameter String connector) {
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !item.hasPermission(Item.CONFIGURE)) {
                return new ListBoxModel(new ListBoxModel.Option(Util.fixNull(connector)));
            }
            return ConnectorChoices.of(item, connector, Messages.ServiceNowJobProperty_default());
        }

        @POST
        public FormValidation doCheckAgentLabel(@AncestorInPath Item item, @QueryParameter String value) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            } else {
                item.checkPermission(Item.CONFIGURE);
            }
            try {
                AgentChoice.parse("Agent label", value);
                return FormValidation.ok();
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
