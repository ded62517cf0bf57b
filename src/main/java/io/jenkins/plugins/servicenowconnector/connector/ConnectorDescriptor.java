package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Label;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.InstanceUrl;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a connector, with its checks while somebody types. */
@Extension
public class ConnectorDescriptor extends Descriptor<Connector> {

    public ConnectorDescriptor() {
        super(Connector.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.Connector_displayName();
    }

    @POST
    public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
        Home home = Home.of(item);
        home.access().checkPermission(home.defining());
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.Connector_nameBlank())
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckId(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String name) {
        Home home = Home.of(item);
        home.access().checkPermission(home.defining());
        String id = Util.fixEmptyAndTrim(value);
        if (id == null) {
            String proposed = ConnectorRules.proposedId(Util.fixNull(name));
            return proposed.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.ok(Messages.Connector_idProposed(proposed));
        }
        return ConnectorRules.isId(id) ? FormValidation.ok() : FormValidation.error(Messages.Connector_idWrong());
    }

    @POST
    public FormValidation doCheckUrl(@AncestorInPath Item item, @QueryParameter String value) {
        Home home = Home.of(item);
        home.access().checkPermission(home.defining());
        return checked(() -> InstanceUrl.parse("URL", value));
    }

    @POST
    public FormValidation doCheckLinkUrl(@AncestorInPath Item item, @QueryParameter String value) {
        Home home = Home.of(item);
        home.access().checkPermission(home.defining());
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.ok()
                : checked(() -> InstanceUrl.parse("Link URL", value));
    }

    @POST
    public FormValidation doCheckAgentLabel(@AncestorInPath Item item, @QueryParameter String value) {
        Home home = Home.of(item);
        home.access().checkPermission(home.defining());
        try {
            Label label = AgentChoice.parse("Agent label", value);
            if (label == null) {
                return FormValidation.ok(Messages.Connector_callsFromController());
            }
            return label.getNodes().isEmpty()
                    ? FormValidation.warning(Messages.Connector_noNodeHasLabel(value))
                    : FormValidation.ok(
                            Messages.Connector_nodesWithLabel(label.getNodes().size()));
        } catch (ServiceNowException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteAgentLabel(@AncestorInPath Item item, @QueryParameter String value) {
        Home home = Home.of(item);
        home.access().checkPermission(home.defining());
        AutoCompletionCandidates candidates = new AutoCompletionCandidates();
        Jenkins.get().getLabelAtoms().stream()
                .map(Label::getName)
                .filter(label -> label.startsWith(Util.fixNull(value)))
                .sorted()
                .forEach(candidates::add);
        return candidates;
    }

    /** Something that refuses what was typed. */
    interface Rule {
        void apply() throws ServiceNowException;
    }

    /** What a rule says, as a form shows it. */
    static FormValidation checked(Rule rule) {
        try {
            rule.apply();
            return FormValidation.ok();
        } catch (ServiceNowException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
