package io.jenkins.plugins.servicenowconnector.job;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor.FormException;
import hudson.model.Item;
import hudson.model.Items;
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
import java.util.Objects;
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

    /** Whether a running build has set the gate, or other code that was in no configuration: the next build may lift it. */
    private boolean passing;

    /** Whether a form or a configuration on disk has set the gate: it binds. */
    private transient boolean written;

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

    /** The property of a job or, for the cell of a matrix, of the job that it is a part of; null if that has none. */
    static ServiceNowJobProperty ofWhole(Job<?, ?> job) {
        return of(job.getParent() instanceof Job<?, ?> whole ? whole : job);
    }

    /** What a build must have before it starts; null for nothing. A gate that binds comes before one of a Jenkinsfile. */
    public ApprovalGate getGate() {
        ApprovalGate binding = owner == null ? null : BindingGate.of(owner);
        return binding == null ? gate : binding;
    }

    @DataBoundSetter
    public void setGate(ApprovalGate gate) {
        this.gate = gate;
    }

    private Object readResolve() {
        written = !passing;
        return this;
    }

    /** Pipelines add what their files say to the job as it stands; forms and configurations are seen before. */
    @Override
    protected void setOwner(Job<?, ?> owner) {
        super.setOwner(owner);
        passing = gate != null && !written;
    }

    /** The gate if it binds; null if there is none, or it is a Jenkinsfile's. */
    ApprovalGate binding() {
        return written ? gate : null;
    }

    /** Takes out the gate that binds. */
    void dropBinding() {
        gate = null;
    }

    /** What a Jenkinsfile has set stays its own if the form did not change it. */
    @Override
    public JobProperty<?> reconfigure(StaplerRequest2 request, JSONObject form) throws FormException {
        ServiceNowJobProperty entered = (ServiceNowJobProperty) super.reconfigure(request, form);
        if (entered != null && passing && text(gate).equals(text(entered.gate))) {
            entered.written = false;
        }
        return entered;
    }

    /** Declarative Pipelines save their job only if it differs from what they say; {@code passing} is no difference. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceNowJobProperty that
                && Objects.equals(connector, that.connector)
                && Objects.equals(agentLabel, that.agentLabel)
                && reportAtEnd == that.reportAtEnd
                && text(defaultFields).equals(text(that.defaultFields))
                && text(gate).equals(text(that.gate));
    }

    @Override
    public int hashCode() {
        return Objects.hash(connector, agentLabel, reportAtEnd);
    }

    private static String text(Object part) {
        return Items.XSTREAM2.toXML(part);
    }

    /** Tells the queue which jobs have a gate of their own. */
    @Extension
    public static class Gate implements GateSource {

        @Override
        public ApprovalGate gate(Item place, Job<?, ?> job) {
            ApprovalGate binding = place == job ? BindingGate.of(job) : null;
            ServiceNowJobProperty property =
                    place == job && binding == null ? job.getProperty(ServiceNowJobProperty.class) : null;
            return property == null ? binding : property.gate;
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
            EnteredParameters.check(request);
            ServiceNowJobProperty entered = (ServiceNowJobProperty) super.newInstance(request, form);
            if (entered != null) {
                entered.written = true;
                check("agentLabel", () -> AgentChoice.parse("Agent label", entered.getAgentLabel()));
                check("defaultFields", () -> DefaultFields.check(entered.getDefaultFields()));
                if (entered.gate != null) {
                    check("gate", entered.gate::check);
                }
            }
            return entered;
        }

        /** For the form: what it shows of a job whose Pipeline has taken the property away, but not its gate; null for nothing. */
        public ServiceNowJobProperty left(Object page) {
            ApprovalGate binding = page instanceof Job<?, ?> job ? BindingGate.of(job) : null;
            if (binding == null) {
                return null;
            }
            ServiceNowJobProperty left = new ServiceNowJobProperty();
            left.gate = binding;
            return left;
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
