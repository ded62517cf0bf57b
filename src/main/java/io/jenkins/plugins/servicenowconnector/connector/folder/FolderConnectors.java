package io.jenkins.plugins.servicenowconnector.connector.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorChoices;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorRules;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.Home;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The connectors that a folder defines for the jobs below it, and what their new tickets get. */
public class FolderConnectors extends AbstractFolderProperty<AbstractFolder<?>> {

    private List<Connector> connectors;
    private String defaultConnector;
    private List<DefaultFields> defaultFields;

    @DataBoundConstructor
    public FolderConnectors() {}

    /** The connectors, in the order in which they were entered. */
    public List<Connector> getConnectors() {
        return connectors == null ? List.of() : new ArrayList<>(connectors);
    }

    @DataBoundSetter
    public void setConnectors(List<Connector> connectors) {
        this.connectors = connectors == null || connectors.isEmpty() ? null : new ArrayList<>(connectors);
    }

    /** The id or name of the connector that is used where a job names none; null for none. */
    public String getDefaultConnector() {
        return defaultConnector;
    }

    @DataBoundSetter
    public void setDefaultConnector(String defaultConnector) {
        this.defaultConnector = Util.fixEmptyAndTrim(defaultConnector);
    }

    /** The fields that new tickets of the jobs below get where nothing nearer says otherwise. */
    public List<DefaultFields> getDefaultFields() {
        return defaultFields == null ? List.of() : new ArrayList<>(defaultFields);
    }

    @DataBoundSetter
    public void setDefaultFields(List<DefaultFields> defaultFields) {
        this.defaultFields = defaultFields == null || defaultFields.isEmpty() ? null : new ArrayList<>(defaultFields);
    }

    private boolean isEmpty() {
        return connectors == null && defaultConnector == null && defaultFields == null;
    }

    /** A connector of this folder together with it, for the form. */
    public FoundConnector found(Connector connector) {
        return new FoundConnector(connector, Home.of(owner));
    }

    /** The part of a folder's form. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("serviceNowConnectors")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FolderConnectors_displayName();
        }

        /** Refuses connectors that break a rule; null where nothing is left to keep. */
        @Override
        public FolderConnectors newInstance(StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            FolderConnectors entered = (FolderConnectors) super.newInstance(request, form);
            if (entered == null || entered.isEmpty()) {
                return null;
            }
            try {
                ConnectorRules.checkFolder(entered.getConnectors());
            } catch (ServiceNowException e) {
                throw new FormException(e.getMessage(), "connectors");
            }
            try {
                DefaultFields.check(entered.getDefaultFields());
            } catch (ServiceNowException e) {
                throw new FormException(e.getMessage(), "defaultFields");
            }
            return entered;
        }

        /** The connectors that can be the default: this folder's and those that it inherits. */
        @POST
        public ListBoxModel doFillDefaultConnectorItems(
                @AncestorInPath Item item, @QueryParameter String defaultConnector) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            return ConnectorChoices.of(item, defaultConnector, Messages.FolderConnectors_inherited());
        }
    }
}
