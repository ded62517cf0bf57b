package io.jenkins.plugins.servicenowconnector.agent;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.Cloud;
import hudson.slaves.EphemeralNode;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * Chooses the node that makes the next call: the one on which the step stands, else the one that last worked for the
 * connector, else one after the other.
 *
 * <p>An empty label means the controller itself.
 */
public final class AgentChoice {

    private static final String BUILT_IN = "built-in node";

    private static final AtomicInteger TURN = new AtomicInteger();

    private final String connector;
    private final String label;
    private final Node near;
    private final boolean controllerToo;

    /**
     * @param connector what the memory of the last good node is kept for
     * @param label a label expression; empty for the controller
     */
    public AgentChoice(String connector, String label) {
        this(connector, label, null, true);
    }

    private AgentChoice(String connector, String label, Node near, boolean controllerToo) {
        this.connector = connector;
        this.label = label;
        this.near = near;
        this.controllerToo = controllerToo;
    }

    /** The same choice, but this node first if it matches and is online; null for none. */
    public AgentChoice near(Node node) {
        return new AgentChoice(connector, label, node, controllerToo);
    }

    /** The same choice, but never the controller, whatever the label says. */
    public AgentChoice withoutController() {
        return new AgentChoice(connector, label, near, false);
    }

    /**
     * The label expression behind a text.
     *
     * @param parameter the field's name, for the error
     * @param text a label expression such as {@code linux && dmz}
     * @return the label; null for a blank text
     */
    public static Label parse(String parameter, String text) throws ServiceNowException {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Label.parseExpression(text.trim());
        } catch (IllegalArgumentException e) {
            throw ServiceNowException.badInput(
                    parameter, "is no label expression such as 'linux && dmz': " + e.getMessage() + ".");
        }
    }

    /**
     * A place from which a call can be made now.
     *
     * @param lost the names of nodes that failed this call already
     * @throws ServiceNowException {@link Kind#NO_AGENT} if there is none now
     */
    Place next(Set<String> lost) throws ServiceNowException {
        return pick(places(lost));
    }

    private List<Place> places(Set<String> lost) throws ServiceNowException {
        Label wanted = parse("agentLabel", label);
        if (wanted == null) {
            if (lost.isEmpty() && controllerToo) {
                return List.of(new Place(BUILT_IN, FilePath.localChannel));
            }
            throw noAgent(
                    controllerToo
                            ? "Jenkins itself cannot make the call now."
                            : "Calls of this connector may not be made by the Jenkins controller; give it an agent label.");
        }
        Set<Node> nodes = wanted.getNodes().stream()
                .filter(node -> controllerToo || !(node instanceof Jenkins))
                .collect(Collectors.toSet());
        List<Place> places = nodes.stream()
                .filter(node -> !lost.contains(name(node)))
                .sorted(Comparator.comparing(AgentChoice::isCloud).thenComparing(Node::getNodeName))
                .map(AgentChoice::place)
                .filter(place -> place != null)
                .toList();
        if (places.isEmpty()) {
            throw noAgent(nodes.isEmpty() ? nobodyHas() : noneOf());
        }
        return places;
    }

    /** Refuses if no node can make a call now. */
    public void check() throws ServiceNowException {
        places(Set.of());
    }

    /** Remembers the node for the next call. */
    void worked(Place place) {
        LastGood.get().put(memoryKey(), place.name());
    }

    /** Lets another node have the next call: this one may have lost its way to the instance. */
    void failed(Place place) {
        LastGood.get().remove(memoryKey(), place.name());
    }

    private Place pick(List<Place> places) {
        List<Place> permanent = places.stream().filter(place -> !place.cloud()).toList();
        List<Place> candidates = permanent.isEmpty() ? places : permanent;
        // the step's own node serves even if it comes from a cloud: it is there as long as the step is
        return named(places, near == null ? null : name(near))
                .or(() -> named(candidates, LastGood.get().get(memoryKey())))
                .orElseGet(() -> candidates.get(Math.floorMod(TURN.getAndIncrement(), candidates.size())));
    }

    private static Optional<Place> named(List<Place> places, String name) {
        return places.stream().filter(place -> place.name().equals(name)).findFirst();
    }

    private String noneOf() {
        return "All nodes with the label '" + label + "' are offline, or have failed this call.";
    }

    private String nobodyHas() {
        boolean cloud = Jenkins.get().clouds.stream().anyMatch(this::canProvision);
        return "No node has the label '" + label + "'"
                + (controllerToo ? "." : " but maybe the controller, from which this connector may not call.")
                + (cloud
                        ? " A cloud could start one, but calls to ServiceNow never make it do so: use a permanent agent."
                        : "");
    }

    private boolean canProvision(Cloud cloud) {
        try {
            return cloud.canProvision(new Cloud.CloudState(parse("agentLabel", label), 0));
        } catch (ServiceNowException e) {
            return false;
        }
    }

    private static Place place(Node node) {
        Computer computer = node.toComputer();
        if (computer == null || !computer.isOnline() || computer.isTemporarilyOffline()) {
            return null;
        }
        VirtualChannel channel = computer.getChannel();
        return channel == null ? null : new Place(name(node), channel, isCloud(node));
    }

    private static boolean isCloud(Node node) {
        return node instanceof AbstractCloudSlave || node instanceof EphemeralNode;
    }

    private static String name(Node node) {
        return node instanceof Jenkins ? BUILT_IN : node.getNodeName();
    }

    private String memoryKey() {
        return connector + " " + label;
    }

    private static ServiceNowException noAgent(String sentence) {
        return ServiceNowException.noAnswer(Kind.NO_AGENT, sentence, false, null);
    }

    /**
     * A node that can make a call now.
     *
     * @param name as people know the node
     * @param channel to its JVM
     * @param cloud whether it comes from a cloud, so that it may go at any moment
     */
    record Place(String name, VirtualChannel channel, boolean cloud) {
        Place(String name, VirtualChannel channel) {
            this(name, channel, false);
        }
    }
}
