package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * What the connectors of folders may do: whoever configures a folder must not make Jenkins call just any server, or call it from
 * the controller.
 */
public class FolderRules implements Describable<FolderRules>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String USUAL_HOSTS = "*.service-now.com";

    private static final String ADVICE =
            "; somebody who administers Jenkins can allow it under Manage Jenkins › ServiceNow connectors › Settings.";

    private String hosts;
    private boolean controllerAllowed;

    @DataBoundConstructor
    public FolderRules() {}

    /** The hosts that may be called, with commas or spaces between them, {@code *.} for any host below; null for the usual. */
    public String getHosts() {
        return hosts;
    }

    @DataBoundSetter
    public void setHosts(String hosts) {
        String given = Util.fixEmptyAndTrim(hosts);
        this.hosts = USUAL_HOSTS.equals(given) ? null : given;
    }

    /** Whether calls may be made from the controller. */
    public boolean isControllerAllowed() {
        return controllerAllowed;
    }

    @DataBoundSetter
    public void setControllerAllowed(boolean controllerAllowed) {
        this.controllerAllowed = controllerAllowed;
    }

    /** Refuses hosts that nobody can mean. */
    void check() throws ServiceNowException {
        for (String pattern : patterns()) {
            if (!pattern.matches("\\*|(\\*\\.)?[a-z0-9:\\[\\]]([a-z0-9.:\\[\\]-]*[a-z0-9\\]])?")) {
                throw ServiceNowException.badInput(
                        "Hosts",
                        "has '" + pattern
                                + "', which is no host such as *.service-now.com; give neither 'https://' nor a"
                                + " path.");
            }
        }
    }

    /** Refuses a folder's connector that these rules do not allow; before any call. */
    void check(Connector connector) throws ServiceNowException {
        if (Util.fixNull(connector.getAgentLabel()).isEmpty() && !controllerAllowed) {
            throw ServiceNowException.badInput(
                    "Agent label",
                    "must be given: connectors of a folder may not make their calls from the Jenkins controller"
                            + ADVICE);
        }
        check("URL", connector.address().getHost());
        if (connector.getAuthentication() != null) {
            for (String address : connector.getAuthentication().furtherAddresses()) {
                check("Token address", Addresses.parse("Token address", address).getHost());
            }
        }
    }

    /** The same transport, refusing every other host: whatever asks for the call, a token or a ticket. */
    Transport guard(Transport transport) {
        return request -> {
            check("URL", request.uri().getHost());
            return transport.send(request);
        };
    }

    private void check(String field, String host) throws ServiceNowException {
        String wanted = Util.fixNull(host).toLowerCase(Locale.ROOT);
        if (patterns().stream().noneMatch(pattern -> matches(pattern, wanted))) {
            throw ServiceNowException.badInput(
                    field,
                    "leads to " + wanted + ", which connectors of a folder may not call, only "
                            + String.join(", ", patterns()) + ADVICE);
        }
    }

    private static boolean matches(String pattern, String host) {
        return pattern.equals("*")
                || (pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern));
    }

    private List<String> patterns() {
        String text = hosts == null ? USUAL_HOSTS : hosts;
        return Arrays.asList(text.toLowerCase(Locale.ROOT).split("[\\s,]+"));
    }

    /** The form of the rules. */
    @Extension
    public static class DescriptorImpl extends Descriptor<FolderRules> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderRules_displayName();
        }

        @POST
        public FormValidation doCheckHosts(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            FolderRules rules = new FolderRules();
            rules.setHosts(value);
            return ConnectorDescriptor.checked(rules::check);
        }
    }
}
