package io.jenkins.plugins.servicenowconnector.connector;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.ItemGroup;
import java.util.List;
import java.util.Objects;

/**
 * Knows the connectors of folders.
 *
 * <p>Folders come from another plugin, which a Jenkins need not have: so what knows them stands in a package of its own, and
 * nobody imports it.
 */
public interface ConnectorSource extends ExtensionPoint {

    /** The connectors of a folder, in the order in which they were entered; empty for what is no folder or has none. */
    List<Connector> connectors(ItemGroup<?> group);

    /** The id or name of the connector that is used in a folder where a job names none; null for none. */
    String defaultConnector(ItemGroup<?> group);

    /** The folders that define connectors. */
    List<ItemGroup<?>> folders();

    /** The connectors of a folder, whoever knows it. */
    static List<Connector> connectorsOf(ItemGroup<?> group) {
        return ExtensionList.lookup(ConnectorSource.class).stream()
                .flatMap(source -> source.connectors(group).stream())
                .toList();
    }

    /** The default connector of a folder, whoever knows it; null for none. */
    static String defaultOf(ItemGroup<?> group) {
        return ExtensionList.lookup(ConnectorSource.class).stream()
                .map(source -> source.defaultConnector(group))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** All folders that define connectors, whoever knows them. */
    static List<ItemGroup<?>> allFolders() {
        return ExtensionList.lookup(ConnectorSource.class).stream()
                .<ItemGroup<?>>flatMap(source -> source.folders().stream())
                .toList();
    }
}
