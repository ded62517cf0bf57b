package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import hudson.security.Permission;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;

/** Tells administrators which connectors have failed their last check, or could not be checked for want of an agent. */
@Extension
@Symbol("serviceNowFailingConnectors")
public class FailingConnectorsMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.FailingConnectorsMonitor_displayName();
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.SYSTEM_READ;
    }

    @Override
    public boolean isActivated() {
        return !getFailed().isEmpty() || !getUnchecked().isEmpty();
    }

    /** The connectors whose check failed. */
    public List<FoundConnector> getFailed() {
        return with(CheckResult.Outcome.FAILED);
    }

    /** The connectors that no agent could check. */
    public List<FoundConnector> getUnchecked() {
        return with(CheckResult.Outcome.NO_AGENT);
    }

    private static List<FoundConnector> with(CheckResult.Outcome outcome) {
        return Home.all().stream()
                .flatMap(home -> home.found().stream())
                .filter(found -> {
                    CheckResult result = found.getCheck();
                    return result != null && result.getOutcome() == outcome;
                })
                .toList();
    }
}
