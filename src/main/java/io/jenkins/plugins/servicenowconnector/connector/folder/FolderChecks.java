package io.jenkins.plugins.servicenowconnector.connector.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.servicenowconnector.connector.ConnectionChecks;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Checks the connectors of a folder once it is saved: the result stands beside them, a failure refuses nothing. */
@OptionalExtension(requirePlugins = "cloudbees-folder")
public class FolderChecks extends ItemListener {

    @Override
    public void onCreated(Item item) {
        check(item);
    }

    @Override
    public void onUpdated(Item item) {
        check(item);
    }

    private static void check(Item item) {
        if (item instanceof AbstractFolder<?> folder) {
            FolderConnectors property = folder.getProperties().get(FolderConnectors.class);
            if (property != null) {
                property.getConnectors().forEach(each -> ConnectionChecks.get().checkLater(property.found(each)));
            }
        }
    }
}
