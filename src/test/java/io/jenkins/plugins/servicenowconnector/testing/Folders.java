package io.jenkins.plugins.servicenowconnector.testing;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.FolderRules;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.folder.FolderConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/** Sets up folders with connectors of their own. */
public final class Folders {

    /** The id of the credential that {@link #credentials} makes. */
    public static final String CREDENTIALS = "folder-account";

    private Folders() {}

    /** A folder with these connectors; nothing is checked. */
    public static Folder with(JenkinsRule jenkins, String name, Connector... connectors) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        define(folder, connectors);
        return folder;
    }

    /** Gives a folder these connectors in place of those that it has. */
    public static FolderConnectors define(AbstractFolder<?> folder, Connector... connectors) throws Exception {
        FolderConnectors property = new FolderConnectors();
        property.setConnectors(List.of(connectors));
        folder.getProperties().remove(FolderConnectors.class);
        folder.addProperty(property);
        return property;
    }

    /** A connector with a credential of the folder, unchecked. */
    public static Connector connector(String id, String url, String label) {
        Connector connector = new Connector(id + " of the folder", url, new BasicKind(CREDENTIALS));
        connector.setId(id);
        connector.setAgentLabel(label);
        connector.setSkipValidation(true);
        return connector;
    }

    /** The simulator's account in a folder's own store. */
    public static void credentials(AbstractFolder<?> folder, String password) throws Exception {
        Credentials account = new UsernamePasswordCredentialsImpl(
                CredentialsScope.GLOBAL, CREDENTIALS, "account", Simulator.USER, password);
        folder.addProperty(new FolderCredentialsProperty(
                new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(account))}));
    }

    /** Lets connectors of folders call the simulator, from the controller too if wanted. */
    public static void allow(String hosts, boolean controller) {
        FolderRules rules = new FolderRules();
        rules.setHosts(hosts);
        rules.setControllerAllowed(controller);
        ServiceNowConnectors.get().setFolders(rules);
    }
}
