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
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Finds the connector that a job means, and opens it: rules, credentials, agent and limits come together here only.
 *
 * <p>A connector that a job may not use does not exist for it.
 */
public final class Connectors {

    private Connectors() {}

    /**
     * Finds a connector that a job may use.
     *
     * @param wanted its id, or its name; blank for the only one there is
     * @param item the job that asks; null for Jenkins itself
     * @throws ServiceNowException if there is none, or nobody can tell which is meant
     */
    public static Connector find(String wanted, Item item) throws ServiceNowException {
        List<Connector> all = ServiceNowConnectors.get().getConnectors().stream()
                .filter(connector -> connector.getUse().admits(item))
                .toList();
        String word = Util.fixEmptyAndTrim(wanted);
        if (word == null) {
            return only(all);
        }
        return all.stream()
                .filter(connector -> connector.getId().equals(word))
                .findFirst()
                .or(() -> all.stream()
                        .filter(connector -> connector.getName().equals(word))
                        .findFirst())
                .orElseThrow(() -> ServiceNowException.badInput(
                        "connector",
                        "'" + word + "' does not exist, or may not be used here. Connectors are defined under Manage"
                                + " Jenkins › ServiceNow connectors."));
    }

    /**
     * Finds a connector and refuses what its rules do not allow.
     *
     * @param wanted its id, or its name; blank for the only one there is
     * @param use what is to be done
     * @throws ServiceNowException bad input, before any call
     */
    public static Connector find(String wanted, ConnectorUse use) throws ServiceNowException {
        Connector connector = find(wanted, use.item());
        connector.getUse().check(connector.getName(), use);
        Duration least = connector.getLimits().smallestInterval();
        if (use.interval() != null && use.interval().compareTo(least) < 0) {
            throw ServiceNowException.badInput(
                    "retryInterval",
                    "must be at least " + DurationText.format(least) + " with the connector '" + connector.getName()
                            + "'.");
        }
        label(connector, use.label());
        return connector;
    }

    /**
     * Opens a connector for calls.
     *
     * @param wanted its id or name; blank for the only one
     * @param use what is to be done; what the connector's rules do not allow is refused
     * @param run the run that calls; null for none
     */
    public static OpenConnector open(String wanted, ConnectorUse use, Run<?, ?> run) throws ServiceNowException {
        Connector connector = find(wanted, use);
        String label = label(connector, use.label());
        Transport transport = RefusedSecrets.get()
                .guard(connector.getId(), new AgentTransport(new AgentChoice(connector.getId(), label)));
        return new OpenConnector(
                connector.getId(),
                connector.getName(),
                connector.link(),
                label,
                instance(
                        connector,
                        CallSlots.of(connector, transport),
                        connector.getLimits().calls(),
                        run));
    }

    /** The connector's instance, called by this way. */
    static Instance instance(Connector connector, Transport calls, Limits limits, Run<?, ?> run)
            throws ServiceNowException {
        URI url = connector.address();
        AuthenticationKind kind = connector.getAuthentication();
        Opening first = new Opening(connector.getId(), url, calls, limits, userAgent(), run);
        Transport routed = ConnectorRoute.over(calls, !connector.getLimits().isPastProxy(), kind.certificate(first));
        Opening opening = new Opening(connector.getId(), url, routed, limits, userAgent(), run);
        return new Instance(url, kind.open(opening), routed, limits, userAgent(), InstantSource.system());
    }

    /** How many polls a minute a connector allows. */
    public static int pollsAMinute(String wanted) throws ServiceNowException {
        return find(wanted, (Item) null).getLimits().polls();
    }

    /** The address that people use for the tickets of a connector. */
    public static URI address(String wanted) throws ServiceNowException {
        return find(wanted, (Item) null).link();
    }

    /**
     * The fields that a connector gives to new tickets.
     *
     * @param table the table in lower case
     * @return values by name, empty if there are none
     */
    public static Map<String, String> defaultFields(String wanted, Item item, String table) throws ServiceNowException {
        for (DefaultFields each : find(wanted, item).getDefaultFields()) {
            if (each.table().equals(table)) {
                return each.values();
            }
        }
        return Map.of();
    }

    /**
     * What a connector judges approvals by.
     *
     * @param table the table in lower case
     * @return defaults without any part if there are none
     */
    public static ApprovalDefaults approvalDefaults(String wanted, Item item, String table) throws ServiceNowException {
        for (ApprovalDefaults each : find(wanted, item).getApprovalDefaults()) {
            if (each.table().equals(table)) {
                return each;
            }
        }
        return new ApprovalDefaults(table);
    }

    private static Connector only(List<Connector> all) throws ServiceNowException {
        if (all.size() == 1) {
            return all.get(0);
        }
        if (all.isEmpty()) {
            throw ServiceNowException.badInput(
                    "connector",
                    "is missing, and there is none that may be used here. Define one under Manage Jenkins › ServiceNow"
                            + " connectors.");
        }
        throw ServiceNowException.badInput(
                "connector",
                "must be given, there are several: "
                        + all.stream().map(Connector::getId).collect(Collectors.joining(", ")) + ".");
    }

    /** A label decides which agents may see the secret; so a step only narrows what the connector allows. */
    private static String label(Connector connector, String given) throws ServiceNowException {
        String own = Util.fixNull(connector.getAgentLabel());
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
