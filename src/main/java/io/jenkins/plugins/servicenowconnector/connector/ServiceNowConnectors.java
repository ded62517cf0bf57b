package io.jenkins.plugins.servicenowconnector.connector;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The connectors that all of Jenkins knows. */
@Extension
@Symbol("serviceNowConnectors")
public class ServiceNowConnectors extends GlobalConfiguration implements PersistentDescriptor {

    private volatile List<Connector> connectors = new ArrayList<>();

    /** The one list of this Jenkins. */
    public static ServiceNowConnectors get() {
        return ExtensionList.lookupSingleton(ServiceNowConnectors.class);
    }

    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(ServiceNowCategory.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.ServiceNowCategory_displayName();
    }

    /** The connectors, in the order in which they were entered. */
    public List<Connector> getConnectors() {
        return List.copyOf(connectors);
    }

    /**
     * Replaces the whole list.
     *
     * @throws IllegalArgumentException if a rule is broken; then nothing has changed
     */
    @DataBoundSetter
    public void setConnectors(List<Connector> given) {
        List<Connector> checked = given == null ? List.of() : given;
        checkUnique(checked);
        connectors = new ArrayList<>(checked);
        save();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try (BulkChange change = new BulkChange(this)) {
            if (!form.has("connectors")) {
                // an emptied list posts nothing at all
                setConnectors(List.of());
            }
            request.bindJSON(this, form);
            change.commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "connectors");
        }
        return true;
    }

    /** No two connectors share a name or id, in whatever case, and no name is another's id: jobs may use either. */
    private static void checkUnique(List<Connector> connectors) {
        Set<String> taken = new HashSet<>();
        for (Connector connector : connectors) {
            Set<String> own = new HashSet<>();
            try {
                connector.check();
            } catch (ServiceNowException e) {
                throw new IllegalArgumentException("Connector '" + connector.getName() + "': " + e.getMessage(), e);
            }
            own.add(connector.getId().toLowerCase(Locale.ROOT));
            own.add(connector.getName().toLowerCase(Locale.ROOT));
            for (String word : own) {
                if (!taken.add(word)) {
                    throw new IllegalArgumentException("Two connectors are called '" + word
                            + "'; names and ids must differ, whatever their case.");
                }
            }
        }
    }
}
