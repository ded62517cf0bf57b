package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Util;
import hudson.model.ModelObject;
import hudson.util.ListBoxModel;
import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** The page with what counts for all connectors: which is used by default, and what those of folders may do. */
public class ConnectorSettings implements ModelObject {

    private static final int REFUSED = 422;

    private String defaultConnector = ServiceNowConnectors.get().getDefaultConnector();
    private FolderRules folders = ServiceNowConnectors.get().getFolders();
    private String problem;

    @Override
    public String getDisplayName() {
        return Messages.ConnectorSettings_displayName();
    }

    /** The connector that is used where nothing names one; null for none. */
    public String getDefaultConnector() {
        return defaultConnector;
    }

    /** What the connectors of folders may do. */
    public FolderRules getFolders() {
        return folders;
    }

    /** Why the page was not saved; null if nothing was refused. */
    public String getProblem() {
        return problem;
    }

    /** The connectors that can be the default. */
    public ListBoxModel getChoices() {
        ListBoxModel choices = ConnectorChoices.of(null, defaultConnector, Messages.ConnectorSettings_none());
        choices.forEach(choice -> choice.selected = choice.value.equals(Util.fixNull(defaultConnector)));
        return choices;
    }

    /** Saves the page; what is refused is shown again as it was entered. */
    @POST
    public void doSubmit(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        defaultConnector = Util.fixEmptyAndTrim(form.optString("defaultConnector"));
        folders = request.bindJSON(FolderRules.class, form.getJSONObject("folders"));
        try {
            ServiceNowConnectors.get().setFolders(folders);
            ServiceNowConnectors.get().setDefaultConnector(defaultConnector);
        } catch (IllegalArgumentException e) {
            problem = e.getMessage();
            response.setStatus(REFUSED);
            request.getView(this, "index").forward(request, response);
            return;
        }
        ConnectorsLink.redirect("").generateResponse(request, response, this);
    }
}
