package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor.FormException;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** The page <i>Manage Jenkins › ServiceNow connectors</i>. */
@Extension(ordinal = Integer.MAX_VALUE - 225)
public class ConnectorsLink extends ManagementLink {

    @Override
    public String getIconFileName() {
        return "symbol-swap";
    }

    @Override
    public String getDisplayName() {
        return Messages.ServiceNowCategory_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.ServiceNowCategory_description();
    }

    @Override
    public String getUrlName() {
        return "servicenow-connectors";
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    /** The list that the page shows. */
    public ServiceNowConnectors getConnectors() {
        return ServiceNowConnectors.get();
    }

    /** Saves the page. */
    @POST
    public void doConfigSubmit(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        getConnectors().configure(request, form);
        FormApply.success(request.getContextPath() + "/manage").generateResponse(request, response, this);
    }
}
