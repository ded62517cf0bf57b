package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The connectors that all of Jenkins knows. */
@Extension
@Symbol("serviceNowConnectors")
public class ServiceNowConnectors extends GlobalConfiguration implements PersistentDescriptor {

    private volatile List<Connector> connectors = new ArrayList<>();
    private volatile String defaultConnector;
    private volatile FolderRules folders;

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
     * Replaces the whole list, as Configuration as Code does; what is new is tried in the background.
     *
     * @throws IllegalArgumentException if a rule is broken; then nothing has changed
     */
    @DataBoundSetter
    public void setConnectors(List<Connector> given) {
        List<Connector> next = given == null ? List.of() : given;
        try {
            for (Connector connector : next) {
                ConnectorRules.checkNamed(connector);
            }
            ConnectorRules.checkUnique(next);
        } catch (ServiceNowException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        change(written -> written.connectors = new ArrayList<>(next));
        next.forEach(connector -> ConnectionChecks.get().checkLater(new FoundConnector(connector, Home.jenkins())));
    }

    /** The id or name of the connector that is used where neither a step nor its job or folder names one; null for none. */
    public String getDefaultConnector() {
        return defaultConnector;
    }

    @DataBoundSetter
    public void setDefaultConnector(String defaultConnector) {
        change(written -> written.defaultConnector = Util.fixEmptyAndTrim(defaultConnector));
    }

    /** What the connectors of folders may do. */
    @NonNull
    public FolderRules getFolders() {
        return folders == null ? new FolderRules() : folders;
    }

    /**
     * Sets what the connectors of folders may do.
     *
     * @throws IllegalArgumentException if a rule is broken; then nothing has changed
     */
    @DataBoundSetter
    public void setFolders(FolderRules given) {
        FolderRules rules = given == null ? new FolderRules() : given;
        try {
            rules.check();
        } catch (ServiceNowException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        change(written -> written.folders = rules);
    }

    /** The connector with exactly this id. */
    Optional<Connector> byId(String id) {
        return connectors.stream()
                .filter(connector -> connector.getId().equals(id))
                .findFirst();
    }

    /**
     * Stores one connector and touches no other.
     *
     * @param seen the connector that the caller has seen; null for a new one
     * @throws ServiceNowException if a rule is broken
     * @throws NewerConnectorException if somebody else has changed or deleted it in the meantime
     */
    synchronized void store(Seen seen, Connector next)
            throws ServiceNowException, NewerConnectorException, IOException {
        ConnectorRules.check(next);
        if (seen != null) {
            seen.check();
        }
        checkUnique(seen, next);
        write(written -> written.connectors = with(seen, next));
    }

    /** Refuses a connector whose name or id is another's. */
    void checkUnique(Seen seen, Connector next) throws ServiceNowException {
        ConnectorRules.checkUnique(with(seen, next));
    }

    private List<Connector> with(Seen seen, Connector next) {
        List<Connector> list = new ArrayList<>(connectors);
        if (seen == null) {
            list.add(next);
        } else {
            list.replaceAll(each -> each.getId().equals(seen.id()) ? next : each);
        }
        return list;
    }

    /** Deletes one connector; nothing happens if there is none. */
    synchronized void delete(String id) throws IOException {
        List<Connector> list = new ArrayList<>(connectors);
        if (list.removeIf(each -> each.getId().equals(id))) {
            write(written -> written.connectors = list);
        }
    }

    private void change(Consumer<ServiceNowConnectors> change) {
        try {
            write(change);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a changed copy first: what is not on disk does not count. */
    private synchronized void write(Consumer<ServiceNowConnectors> change) throws IOException {
        ServiceNowConnectors written = new ServiceNowConnectors();
        written.connectors = connectors;
        written.defaultConnector = defaultConnector;
        written.folders = folders;
        change.accept(written);
        getConfigFile().write(written);
        connectors = written.connectors;
        defaultConnector = written.defaultConnector;
        folders = written.folders;
        SaveableListener.fireOnChange(this, getConfigFile());
    }

    /**
     * A connector as somebody has seen it, before changing it.
     *
     * @param id its id
     * @param fingerprint what told its state from others
     */
    record Seen(String id, String fingerprint) {

        /** Refuses if it is no longer so. */
        void check() throws NewerConnectorException {
            Connector now = get().byId(id).orElse(null);
            if (now == null || !now.fingerprint().equals(fingerprint)) {
                throw new NewerConnectorException(id, now);
            }
        }
    }
}
