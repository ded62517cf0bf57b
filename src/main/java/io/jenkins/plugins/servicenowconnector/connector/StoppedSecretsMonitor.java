package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** Tells administrators of connectors whose calls are stopped, because ServiceNow has refused their secret. */
@Extension
@Symbol("serviceNowStoppedSecrets")
public class StoppedSecretsMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.StoppedSecretsMonitor_displayName();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public boolean isActivated() {
        return !getStopped().isEmpty();
    }

    /** The connectors whose calls are stopped. */
    public List<FoundConnector> getStopped() {
        return Home.all().stream()
                .flatMap(home -> home.found().stream())
                .filter(FoundConnector::isStopped)
                .toList();
    }
}
