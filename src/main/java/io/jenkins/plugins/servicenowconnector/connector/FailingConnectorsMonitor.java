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
    public List<Connector> getFailed() {
        return with(CheckResult.Outcome.FAILED);
    }

    /** The connectors that no agent could check. */
    public List<Connector> getUnchecked() {
        return with(CheckResult.Outcome.NO_AGENT);
    }

    /** What the last check of one of them found. */
    public CheckResult check(Connector connector) {
        return ConnectionChecks.get().result(connector);
    }

    private List<Connector> with(CheckResult.Outcome outcome) {
        return ServiceNowConnectors.get().getConnectors().stream()
                .filter(connector -> {
                    CheckResult result = check(connector);
                    return result != null && result.getOutcome() == outcome;
                })
                .toList();
    }
}
