package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.net.URI;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A connector together with the place where it is defined: there its credentials are looked up.
 *
 * @param connector the connector
 * @param home where it is defined
 */
@ExportedBean(defaultVisibility = 2)
public record FoundConnector(Connector connector, Home home) {

    /** How jobs name the connectors of Jenkins itself, whatever a folder defines. */
    static final String GLOBAL = "global:";

    /** For views, which know getters only. */
    public Connector getConnector() {
        return connector;
    }

    /** Its id, for the remote interface. */
    @Exported
    public String getId() {
        return connector.getId();
    }

    /** What people call it, for the remote interface. */
    @Exported
    public String getName() {
        return connector.getName();
    }

    /** Its address, for the remote interface. */
    @Exported
    public String getUrl() {
        return connector.getUrl();
    }

    /** The agents that make its calls, for the remote interface; null for the controller. */
    @Exported
    public String getAgentLabel() {
        return connector.getAgentLabel();
    }

    /** Words to find it by, for the remote interface; null for none. */
    @Exported
    public String getTags() {
        return connector.getTags();
    }

    /** Where it is defined, for views: a folder's full name; empty for Jenkins itself. */
    @Exported
    public String getFolder() {
        return home.path();
    }

    /** The address of its page, below Jenkins' own. */
    public String getPage() {
        return home.isJenkins() ? home.page() + "connector/" + connector.getId() + "/" : home.page();
    }

    /** What is known of its last check; null if it was not checked as it is now. */
    @Exported
    public CheckResult getCheck() {
        return ConnectionChecks.get().result(this);
    }

    /** Whether its calls are stopped because its secret was refused. */
    @Exported
    public boolean isStopped() {
        return RefusedSecrets.get().stoppedSince(key()).isPresent();
    }

    /** Lets a secret that was refused be tried again, at a user's wish; a second wish within five minutes changes nothing. */
    public void tryRefusedSecretAgain() {
        RefusedSecrets.get().forgetForUser(key());
    }

    /** What people call it. */
    public String name() {
        return connector.getName();
    }

    /** What tells it from all others of this Jenkins, also from one of the same id in another folder. */
    public String key() {
        return home.key(connector.getId());
    }

    /**
     * What a job writes down to find the same connector again, even if a folder comes to define one of the same id.
     */
    public String reference() {
        return home.isJenkins() ? GLOBAL + connector.getId() : connector.getId();
    }

    /** How many polls a minute it allows. */
    public int pollsAMinute() throws ServiceNowException {
        return connector.getLimits().polls();
    }

    /** The address that people use for its tickets. */
    public URI link() throws ServiceNowException {
        return connector.link();
    }

    /**
     * The fields that it gives to new tickets.
     *
     * @param table the table in lower case
     * @return values by name, empty if there are none
     */
    public Map<String, String> defaultFields(String table) throws ServiceNowException {
        return DefaultFields.of(connector.getDefaultFields(), table);
    }

    /**
     * What it judges approvals by.
     *
     * @param table the table in lower case
     * @return defaults without any part if there are none
     */
    public ApprovalDefaults approvalDefaults(String table) throws ServiceNowException {
        for (ApprovalDefaults each : connector.getApprovalDefaults()) {
            if (each.table().equals(table)) {
                return each;
            }
        }
        return new ApprovalDefaults(table);
    }

    /** Refuses what its rules do not allow; before any call. */
    public void check(ConnectorUse use) throws ServiceNowException {
        connector.getUse().check(connector.getName(), use);
        checkHome();
    }

    /** Refuses what may not be defined in a folder; before any call. */
    void checkHome() throws ServiceNowException {
        if (!home.isJenkins()) {
            ServiceNowConnectors.get().getFolders().check(connector);
        }
    }
}
