package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Api;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.servicenowconnector.connector.CheckedConnection.Extent;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors.Seen;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** The page <i>Manage Jenkins › ServiceNow connectors</i>: a list, and a form for each connector below it. */
@ExportedBean
@Extension(ordinal = Integer.MAX_VALUE - 225)
public class ConnectorsLink extends ManagementLink implements StaplerProxy {

    private static final int REFUSED = 422;

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
        return Home.URL_NAME;
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

    /** Lets nobody reach anything below who may not see the configuration. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.SYSTEM_READ);
        return this;
    }

    /** The remote interface: what the page lists, without secrets. */
    public Api getApi() {
        return new Api(this);
    }

    /** The connectors that the page lists. */
    @Exported
    public List<FoundConnector> getConnectors() {
        return Home.jenkins().found();
    }

    /** The page with what counts for all connectors. */
    public ConnectorSettings getSettings() {
        return new ConnectorSettings();
    }

    /** The form of a stored connector; null if there is none of that id. */
    public ConnectorForm getConnector(String id) {
        return ServiceNowConnectors.get().byId(id).map(ConnectorForm::of).orElse(null);
    }

    /** The form of a new connector, filled like another if the request names one. */
    public ConnectorForm getNew(StaplerRequest2 request) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String from = Util.fixNull(request.getParameter("from"));
        return ConnectorForm.ofNew(
                ServiceNowConnectors.get().byId(from).map(Connector::copy).orElse(null));
    }

    /** Saves or tries out what was entered in a form. */
    @POST
    public void doSubmit(StaplerRequest2 request, StaplerResponse2 response)
            throws IOException, ServletException, InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        Connector entered = request.bindJSON(Connector.class, form);
        String id = Util.fixEmptyAndTrim(form.optString("storedId"));
        Seen seen = id == null ? null : new Seen(id, form.optString("fingerprint"));
        if (seen != null) {
            entered.setId(id);
        }
        ConnectorForm shown = request.hasParameter("test")
                ? tryOut(entered, seen)
                : save(entered, seen, !request.hasParameter("unchecked"));
        if (shown == null) {
            redirect("").generateResponse(request, response, this);
            return;
        }
        response.setStatus(shown.getProblem() == null ? StaplerResponse2.SC_OK : REFUSED);
        request.getView(shown, "index").forward(request, response);
    }

    private static ConnectorForm tryOut(Connector entered, Seen seen) throws InterruptedException {
        try {
            ConnectorRules.check(entered);
        } catch (ServiceNowException e) {
            return ConnectorForm.refused(entered, seen, e.getMessage());
        }
        return ConnectorForm.tried(entered, seen, ConnectionChecks.get().tryOut(global(entered), Extent.ALL));
    }

    /** Gives back the form to show again if it was refused; null once saved. */
    private static ConnectorForm save(Connector entered, Seen seen, boolean checked)
            throws IOException, InterruptedException {
        CheckResult check = null;
        try {
            ConnectorRules.check(entered);
            if (seen != null) {
                seen.check();
            }
            if (checked && wantsCheck(entered, seen)) {
                ServiceNowConnectors.get().checkUnique(seen, entered);
                check = ConnectionChecks.get().tryOut(global(entered), Extent.ACCOUNT);
                if (!check.isPassed()) {
                    return ConnectorForm.refused(entered, seen, check.getProblem())
                            .force();
                }
            }
            entered.setId(entered.getId());
            ServiceNowConnectors.get().store(seen, entered);
        } catch (ServiceNowException e) {
            return ConnectorForm.refused(entered, seen, e.getMessage());
        } catch (NewerConnectorException e) {
            return ConnectorForm.refused(entered, e.now(), e.getMessage());
        }
        if (check != null) {
            ConnectionChecks.get().keep(global(entered), check);
        }
        return null;
    }

    private static FoundConnector global(Connector entered) {
        return new FoundConnector(entered, Home.jenkins());
    }

    private static boolean wantsCheck(Connector entered, Seen seen) {
        Connector stored =
                seen == null ? null : ServiceNowConnectors.get().byId(seen.id()).orElse(null);
        boolean same = stored != null && stored.callFingerprint().equals(entered.callFingerprint());
        return !entered.isSkipValidation() && !same;
    }

    /** To a page below this one. */
    static HttpResponse redirect(String below) {
        return new HttpRedirect(
                Jenkins.get().getRootUrlFromRequest() + Home.jenkins().page() + below);
    }
}
