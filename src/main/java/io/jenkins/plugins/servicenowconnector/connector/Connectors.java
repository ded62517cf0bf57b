package io.jenkins.plugins.servicenowconnector.connector;

import hudson.PluginWrapper;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.agent.AgentTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Finds the connector that a job means, and opens it: credentials, agent and limits come together here only. */
public final class Connectors {

    private static final RefusedSecrets REFUSED = new RefusedSecrets(InstantSource.system());

    private Connectors() {}

    /**
     * Finds a connector.
     *
     * @param wanted its id, or its name; blank for the only one there is
     * @throws ServiceNowException if there is none, or nobody can tell which is meant
     */
    public static Connector find(String wanted) throws ServiceNowException {
        List<Connector> all = ServiceNowConnectors.get().getConnectors();
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
     * Opens a connector for calls.
     *
     * @param wanted its id or name; blank for the only one
     * @param narrower a label expression that the nodes must match in addition to the connector's own; may be blank
     * @param run the run that calls; null for none
     */
    public static OpenConnector open(String wanted, String narrower, Run<?, ?> run) throws ServiceNowException {
        Connector connector = find(wanted);
        String label = both(connector.getAgentLabel(), narrower);
        AgentChoice.parse("agentLabel", label);
        Transport calls =
                REFUSED.guard(connector.getId(), new AgentTransport(new AgentChoice(connector.getId(), label)));
        Instance instance = instance(connector, calls, Limits.DEFAULT, run);
        return new OpenConnector(connector.getId(), connector.getName(), connector.address(), label, instance);
    }

    /** The connector's instance, called by this way. */
    static Instance instance(Connector connector, Transport calls, Limits limits, Run<?, ?> run)
            throws ServiceNowException {
        URI url = connector.address();
        AuthenticationKind kind = connector.getAuthentication();
        Opening first = new Opening(connector.getId(), url, calls, limits, userAgent(), run);
        Transport routed = ConnectorRoute.over(calls, true, kind.certificate(first));
        Opening opening = new Opening(connector.getId(), url, routed, limits, userAgent(), run);
        return new Instance(url, kind.open(opening), routed, limits, userAgent(), InstantSource.system());
    }

    /** The address that people use for the tickets of a connector. */
    public static URI address(String wanted) throws ServiceNowException {
        return find(wanted).address();
    }

    private static Connector only(List<Connector> all) throws ServiceNowException {
        if (all.size() == 1) {
            return all.get(0);
        }
        if (all.isEmpty()) {
            throw ServiceNowException.badInput(
                    "connector",
                    "is missing, and none is defined yet. Define one under Manage Jenkins › ServiceNow connectors.");
        }
        throw ServiceNowException.badInput(
                "connector",
                "must be given, there are several: "
                        + all.stream().map(Connector::getId).collect(Collectors.joining(", ")) + ".");
    }

    /** A label decides which agents may see the secret; so a step only narrows what the connector allows. */
    private static String both(String own, String narrower) {
        String first = Util.fixNull(own).trim();
        String second = Util.fixNull(narrower).trim();
        if (first.isEmpty() || second.isEmpty()) {
            return first + second;
        }
        return "(" + first + ") && (" + second + ")";
    }

    private static String userAgent() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(Connectors.class);
        String version = plugin == null ? "test" : plugin.getVersionNumber().toString();
        return "Jenkins-ServiceNow-Connector/" + version + " (" + Jenkins.get().getLegacyInstanceId() + ")";
    }
}
