package io.jenkins.plugins.servicenowconnector.connector;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/** Where a connector is defined: in Jenkins itself, or in one folder. */
public final class Home {

    /** What the page with the connectors is called, in Jenkins itself and in a folder. */
    public static final String URL_NAME = "servicenow-connectors";

    private static final String PAGE = URL_NAME + "/";

    private final ItemGroup<?> group;

    private Home(ItemGroup<?> group) {
        this.group = group;
    }

    /** Jenkins itself. */
    public static Home jenkins() {
        return new Home(Jenkins.get());
    }

    /**
     * The home whose connectors somebody edits.
     *
     * @param item the item in whose page the form stands; null outside of items
     * @return the folder if it is one, else Jenkins itself, where more rights are needed
     */
    public static Home of(Item item) {
        return item instanceof ItemGroup<?> folder ? new Home(folder) : jenkins();
    }

    /** The homes whose connectors a job sees, the nearest first, Jenkins itself last; null stands for Jenkins itself. */
    static List<Home> seenFrom(Item item) {
        List<Home> homes = new ArrayList<>();
        for (Item each = item; each != null; each = each.getParent() instanceof Item parent ? parent : null) {
            if (each instanceof ItemGroup<?> folder && folder != Jenkins.get()) {
                homes.add(new Home(folder));
            }
        }
        homes.add(jenkins());
        return homes;
    }

    /** Jenkins itself and all folders that define connectors. */
    static List<Home> all() {
        List<Home> homes = new ArrayList<>(List.of(jenkins()));
        ConnectorSource.allFolders().forEach(folder -> homes.add(new Home(folder)));
        return homes;
    }

    /** Whether it is Jenkins itself. */
    boolean isJenkins() {
        return group == Jenkins.get();
    }

    /** Where credentials are looked up. */
    ItemGroup<?> group() {
        return group;
    }

    /** The folder's full name; empty for Jenkins itself. */
    public String path() {
        return group.getFullName();
    }

    /** The address of the page that lists the connectors defined here, below Jenkins' own. */
    String page() {
        return group instanceof Item folder ? folder.getUrl() + PAGE : "manage/" + PAGE;
    }

    /** Who says what somebody may do here; asked by every web method of a connector's form, first of all. */
    public AccessControlled access() {
        return (AccessControlled) group;
    }

    /** The right to define connectors here. */
    public Permission defining() {
        return isJenkins() ? Jenkins.ADMINISTER : Item.CONFIGURE;
    }

    /** The right to choose among the credentials of this place. */
    public Permission choosingCredentials() {
        return isJenkins() ? Jenkins.ADMINISTER : CredentialsProvider.USE_ITEM;
    }

    /** The connectors that are defined here, in the order in which they were entered. */
    List<Connector> connectors() {
        return isJenkins() ? ServiceNowConnectors.get().getConnectors() : ConnectorSource.connectorsOf(group);
    }

    /** The same connectors together with this place. */
    List<FoundConnector> found() {
        return connectors().stream()
                .map(connector -> new FoundConnector(connector, this))
                .toList();
    }

    /** The connector that is used here where a job names none: its id or name; null for none. */
    String defaultConnector() {
        return isJenkins() ? ServiceNowConnectors.get().getDefaultConnector() : ConnectorSource.defaultOf(group);
    }

    /** What tells a connector defined here from all others of this Jenkins. */
    String key(String id) {
        return isJenkins() ? id : path() + ":" + id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Home home && home.group == group;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(group.getFullName());
    }

    @Override
    public String toString() {
        return isJenkins() ? "Jenkins" : "folder " + path();
    }
}
