package io.jenkins.plugins.servicenowconnector.connector.folder;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.connector.JobDefaults;
import java.util.List;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Reads from a folder's property what it sets for the jobs below it; its default connector is found with its connectors. */
@OptionalExtension(requirePlugins = "cloudbees-folder")
public class FolderDefaults implements JobDefaults {

    @Override
    public List<DefaultFields> fields(Item place) {
        FolderConnectors property = place instanceof AbstractFolder<?> folder
                ? folder.getProperties().get(FolderConnectors.class)
                : null;
        return property == null ? List.of() : property.getDefaultFields();
    }
}
