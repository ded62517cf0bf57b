package io.jenkins.plugins.servicenowconnector.connector.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorSource;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Reads the connectors of folders from their property. */
@OptionalExtension(requirePlugins = "cloudbees-folder")
public class FolderConnectorSource implements ConnectorSource {

    @Override
    public List<Connector> connectors(ItemGroup<?> group) {
        FolderConnectors property = property(group);
        return property == null ? List.of() : property.getConnectors();
    }

    @Override
    public String defaultConnector(ItemGroup<?> group) {
        FolderConnectors property = property(group);
        return property == null ? null : property.getDefaultConnector();
    }

    @Override
    public List<ItemGroup<?>> folders() {
        // whoever asks: results of checks must not get lost because somebody may not see a folder
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            List<ItemGroup<?>> folders = new ArrayList<>();
            Jenkins.get()
                    .getAllItems(AbstractFolder.class, folder -> property(folder) != null)
                    .forEach(folders::add);
            return folders;
        }
    }

    private static FolderConnectors property(ItemGroup<?> group) {
        return group instanceof AbstractFolder<?> folder
                ? folder.getProperties().get(FolderConnectors.class)
                : null;
    }
}
