package io.jenkins.plugins.servicenowconnector.connector;

import hudson.PluginWrapper;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.agent.AgentTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import jenkins.model.Jenkins;

/** Opens the connector that a job means: rules, credentials, agent and limits come together here only. */
public final class Connectors {

    private Connectors() {}

    /**
     * Finds a connector that a job may use.
     *
     * @param wanted its id, or its name; blank for the default of the job, its folder or Jenkins, or the only one there is
     * @param item the job that asks; null for Jenkins itself
     * @throws ServiceNowException if there is none, or nobody can tell which is meant
     */
    public static FoundConnector find(String wanted, Item item) throws ServiceNowException {
        return find(wanted, item, item);
    }

    /**
     * Finds a connector that a folder means for a job below it, and that the job may use.
     *
     * @param wanted its id, or its name; blank for the default of the folder
     * @param place from where upwards to look; what stands below it changes nothing
     * @param user the job
     * @throws ServiceNowException if there is none, or nobody can tell which is meant
     */
    public static FoundConnector find(String wanted, Item place, Item user) throws ServiceNowException {
        return new Resolution(place, user).find(wanted);
    }

    /** All connectors that a job, or the jobs of a folder, may use, the nearest first; null stands for Jenkins itself. */
    public static List<FoundConnector> usableIn(Item item) {
        return new Resolution(item).all();
    }

    /**
     * Finds a connector and refuses what its rules do not allow.
     *
     * @param wanted its id, or its name; blank for the default
     * @param use what is to be done
     * @throws ServiceNowException bad input, before any call
     */
    public static FoundConnector find(String wanted, ConnectorUse use) throws ServiceNowException {
        FoundConnector found = find(wanted, use.place(), use.item());
        found.check(use);
        Duration least = found.connector().getLimits().smallestInterval();
        if (use.interval() != null && use.interval().compareTo(least) < 0) {
            throw ServiceNowException.badInput(
                    "retryInterval",
                    "must be at least " + DurationText.format(least) + " with the connector '" + found.name() + "'.");
        }
        label(found.connector(), use);
        return found;
    }

    /**
     * Opens a connector for calls.
     *
     * @param wanted its id or name; blank for the default
     * @param use what is to be done; what the connector's rules do not allow is refused
     * @param run the run that calls; null for none
     */
    public static OpenConnector open(String wanted, ConnectorUse use, Run<?, ?> run) throws ServiceNowException {
        return open(find(wanted, use), use, run);
    }

    /** Opens a connector that was found for this use. */
    public static OpenConnector open(FoundConnector found, ConnectorUse use, Run<?, ?> run) throws ServiceNowException {
        return open(found, use, run, () -> {});
    }

    /** The same; each call that is made is told. */
    public static OpenConnector open(FoundConnector found, ConnectorUse use, Run<?, ?> run, Runnable told)
            throws ServiceNowException {
        found.check(use);
        Connector connector = found.connector();
        String label = label(connector, use);
        Transport transport = RefusedSecrets.get().guard(found.key(), new AgentTransport(agents(found, use, label)));
        Transport slots = CallSlots.of(found, use, transport);
        Transport calls = request -> {
            told.run();
            return slots.send(request);
        };
        Limits limits = connector.getLimits().calls();
        return new OpenConnector(
                found.key(),
                found.reference(),
                connector.getName(),
                connector.link(),
                label,
                connector.getUse().marking(),
                instance(found, calls, limits, run));
    }

    /**
     * Refuses what cannot be called now, because no node for it is online.
     *
     * @param found the connector
     * @param given the agent label that a step gives; empty for none
     * @throws ServiceNowException of the kind {@code NO_AGENT}, or bad input
     */
    public static void checkAgent(FoundConnector found, String given) throws ServiceNowException {
        checkAgent(found, ConnectorUse.by(null).from(given));
    }

    /** The same for a use. */
    public static void checkAgent(FoundConnector found, ConnectorUse use) throws ServiceNowException {
        agents(found, label(found.connector(), use)).check();
    }

    /** The least time between two polls of a table, by the rate rules that the connector's instance has told of. */
    public static Duration betweenPolls(FoundConnector found, String table) {
        return CallHolds.of(found).betweenPolls(table);
    }

    /** The nodes that make the calls of a use; a folder's connector calls from the controller only where that is allowed. */
    private static AgentChoice agents(FoundConnector found, ConnectorUse use, String label) {
        return agents(found, label).near(use.node());
    }

    /** The nodes that make a connector's calls. */
    static AgentChoice agents(FoundConnector found, String label) {
        AgentChoice choice = new AgentChoice(found.key(), label);
        boolean controller = found.home().isJenkins()
                || ServiceNowConnectors.get().getFolders().isControllerAllowed();
        return controller ? choice : choice.withoutController();
    }

    /** The connector's instance, called by this way. */
    static Instance instance(FoundConnector found, Transport calls, Limits limits, Run<?, ?> run)
            throws ServiceNowException {
        Connector connector = found.connector();
        URI url = connector.address();
        AuthenticationKind kind = connector.getAuthentication();
        Transport allowed = found.home().isJenkins()
                ? calls
                : ServiceNowConnectors.get().getFolders().guard(calls);
        Opening first = new Opening(found, url, allowed, limits, userAgent(), run);
        Transport routed = ConnectorRoute.over(allowed, !connector.getLimits().isPastProxy(), kind.certificate(first));
        Opening opening = new Opening(found, url, routed, limits, userAgent(), run);
        return new Instance(
                url, kind.open(opening), routed, limits, userAgent(), InstantSource.system(), CallHolds.of(found));
    }

    /** A label decides which agents may see the secret; so job and step only narrow what the connector allows. */
    private static String label(Connector connector, ConnectorUse use) throws ServiceNowException {
        String own = Util.fixNull(connector.getAgentLabel());
        AgentChoice.parse("agentLabel", use.jobLabel());
        AgentChoice.parse("agentLabel", use.label());
        String given = use.labelOn(connector);
        Label narrower = AgentChoice.parse("agentLabel", given);
        if (narrower == null) {
            return own;
        }
        if (connector.getUse().isStepsMayChooseAgent()) {
            return given;
        }
        if (!own.isEmpty()) {
            return "(" + own + ") && (" + given + ")";
        }
        if (narrower.matches(Jenkins.get())) {
            return own;
        }
        throw ServiceNowException.badInput(
                "agentLabel",
                "is '" + given + "', but the connector '" + connector.getName() + "' makes its calls from the Jenkins"
                        + " controller. Somebody who administers Jenkins can give it an agent label, or let steps choose"
                        + " the agent.");
    }

    private static String userAgent() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(Connectors.class);
        String version = plugin == null ? "test" : plugin.getVersionNumber().toString();
        return "Jenkins-ServiceNow-Connector/" + version + " (" + Jenkins.get().getLegacyInstanceId() + ")";
    }
}
