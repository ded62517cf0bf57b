package io.jenkins.plugins.servicenowconnector.connector.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.servicenowconnector.connector.ConnectionChecks;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.Home;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.verb.POST;

/** A folder's page with the connectors that its jobs can use: its own, which can be tested, and those that it inherits. */
public class FolderConnectorsPage implements Action, ModelObject, StaplerProxy {

    private final AbstractFolder<?> folder;

    FolderConnectorsPage(AbstractFolder<?> folder) {
        this.folder = folder;
    }

    @Override
    public String getIconFileName() {
        return folder.hasPermission(Item.CONFIGURE) ? "symbol-swap" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.FolderConnectorsPage_displayName();
    }

    @Override
    public String getUrlName() {
        return Home.URL_NAME;
    }

    /** Lets nobody reach the page who may not define connectors here. */
    @Override
    public Object getTarget() {
        folder.checkPermission(Item.CONFIGURE);
        return this;
    }

    /** The folder. */
    public AbstractFolder<?> getFolder() {
        return folder;
    }

    /** The connectors that jobs of the folder can use, the nearest first. */
    public List<FoundConnector> getConnectors() {
        return Connectors.usableIn(folder);
    }

    /** Whether a connector is this folder's own, so that it can be tested here. */
    public boolean isOwn(FoundConnector found) {
        return found.home().equals(Home.of(folder));
    }

    /** Tests one of the folder's own connectors as it is stored; one test at a time for each user. */
    @POST
    public HttpResponse doTest(@QueryParameter String id) throws InterruptedException {
        folder.checkPermission(Item.CONFIGURE);
        folder.checkPermission(CredentialsProvider.USE_ITEM);
        FoundConnector wanted = getConnectors().stream()
                .filter(found -> isOwn(found) && found.connector().getId().equals(id))
                .findFirst()
                .orElseThrow(() -> HttpResponses.error(404, Messages.FolderConnectorsPage_noSuch(id)));
        try {
            ConnectionChecks.get().test(wanted);
        } catch (ServiceNowException e) {
            throw HttpResponses.error(429, e.getMessage());
        }
        return new HttpRedirect(".");
    }

    /** Adds the page to every folder. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @SuppressWarnings("rawtypes")
    public static class Factory extends TransientActionFactory<AbstractFolder> {

        @Override
        public Class<AbstractFolder> type() {
            return AbstractFolder.class;
        }

        @NonNull
        @Override
        public Collection<? extends Action> createFor(@NonNull AbstractFolder target) {
            return List.of(new FolderConnectorsPage((AbstractFolder<?>) target));
        }
    }
}
