package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Label;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.InstanceUrl;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A named connection to one ServiceNow instance: its address, who we are there, and which agents reach it. */
public class Connector implements Describable<Connector>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,127}");

    private final String name;
    private final String url;
    private final AuthenticationKind authentication;
    private String id;
    private String agentLabel;

    /**
     * @param name what people call it; may be changed later
     * @param url the address of the instance
     * @param authentication who we are there
     */
    @DataBoundConstructor
    public Connector(String name, String url, AuthenticationKind authentication) {
        this.name = Util.fixNull(name).trim();
        this.url = Util.fixNull(url).trim();
        this.authentication = authentication;
    }

    /** What people call it. */
    @NonNull
    public String getName() {
        return name;
    }

    /** What jobs know it by: fixed once saved. Without one of its own it is made from the name. */
    @NonNull
    public String getId() {
        return id == null ? proposedId(name) : id;
    }

    @DataBoundSetter
    public void setId(String id) {
        this.id = Util.fixEmptyAndTrim(id);
    }

    /** The address of the instance as it was entered. */
    @NonNull
    public String getUrl() {
        return url;
    }

    /** The agents that make the calls, as a label expression; null for the controller. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** Who we are on the instance. */
    public AuthenticationKind getAuthentication() {
        return authentication;
    }

    /** The checked address of the instance. */
    URI address() throws ServiceNowException {
        return InstanceUrl.parse("URL", url);
    }

    /** Refuses a connector that cannot work, without any call. */
    void check() throws ServiceNowException {
        if (name.isEmpty()) {
            throw ServiceNowException.badInput("Name", "must not be blank.");
        }
        if (!ID.matcher(getId()).matches()) {
            throw ServiceNowException.badInput(
                    "Id", "must begin with a letter or '_', followed by letters, digits, '_', '$' or '-'.");
        }
        if (authentication == null) {
            throw ServiceNowException.badInput("Authentication", "must be chosen.");
        }
        authentication.check();
        address();
        AgentChoice.parse("Agent label", agentLabel);
    }

    /** Keeps an id that was made from the name when the name changes later. */
    @Serial
    private Object readResolve() {
        id = getId();
        return this;
    }

    static String proposedId(String name) {
        String id = name.trim()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_$]+", "-")
                .replaceAll("^-|-$", "");
        if (!id.isEmpty() && !Character.isLetter(id.charAt(0)) && id.charAt(0) != '_') {
            id = "_" + id;
        }
        return id.length() > 128 ? id.substring(0, 128) : id;
    }

    /** The form of a connector. */
    @Extension
    public static class DescriptorImpl extends Descriptor<Connector> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.Connector_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.Connector_nameBlank())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value, @QueryParameter String name) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String id = Util.fixEmptyAndTrim(value);
            if (id == null) {
                return FormValidation.ok(Messages.Connector_idProposed(proposedId(Util.fixNull(name))));
            }
            return ID.matcher(id).matches() ? FormValidation.ok() : FormValidation.error(Messages.Connector_idWrong());
        }

        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                InstanceUrl.parse("URL", value);
                return FormValidation.ok();
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckAgentLabel(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                Label label = AgentChoice.parse("Agent label", value);
                if (label == null) {
                    return FormValidation.ok(Messages.Connector_callsFromController());
                }
                return label.getNodes().isEmpty()
                        ? FormValidation.warning(Messages.Connector_noNodeHasLabel(value))
                        : FormValidation.ok();
            } catch (ServiceNowException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteAgentLabel(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            AutoCompletionCandidates candidates = new AutoCompletionCandidates();
            Jenkins.get().getLabelAtoms().stream()
                    .map(Label::getName)
                    .filter(label -> label.startsWith(Util.fixNull(value)))
                    .sorted()
                    .forEach(candidates::add);
            return candidates;
        }
    }
}
