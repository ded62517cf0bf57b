package io.jenkins.plugins.servicenowconnector.engine;

import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.Holds;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.net.URI;
import java.time.InstantSource;

/** The engine's view of a simulator. */
public final class SimulatedInstance {

    /** What the engine calls itself in tests. */
    public static final String USER_AGENT = "Jenkins-ServiceNow-Connector/test (tests)";

    private SimulatedInstance() {}

    /** As the account that exists from the start. */
    public static Instance of(Simulator simulator) {
        return as(simulator, Simulator.USER, Simulator.PASSWORD);
    }

    public static Instance as(Simulator simulator, String user, String password) {
        return with(simulator, user, password, HttpTransport.shared(), Limits.DEFAULT);
    }

    /** Over a transport that watches or replaces the calls. */
    public static Instance over(Transport transport, Simulator simulator) {
        return with(simulator, Simulator.USER, Simulator.PASSWORD, transport, Limits.DEFAULT);
    }

    public static Instance within(Limits limits, Simulator simulator) {
        return with(simulator, Simulator.USER, Simulator.PASSWORD, HttpTransport.shared(), limits);
    }

    /** Over connections of its own to another address, behind which there may be a simulator. */
    public static Instance at(URI url, Transport transport) {
        return with(url, Simulator.USER, Simulator.PASSWORD, transport, Limits.DEFAULT);
    }

    /** With a register of its rate limits that is shared. */
    public static Instance held(Holds holds, Simulator simulator) {
        return with(simulator.url(), Simulator.USER, Simulator.PASSWORD, HttpTransport.shared(), Limits.DEFAULT, holds);
    }

    private static Instance with(
            Simulator simulator, String user, String password, Transport transport, Limits limits) {
        return with(simulator.url(), user, password, transport, limits);
    }

    private static Instance with(URI url, String user, String password, Transport transport, Limits limits) {
        return with(url, user, password, transport, limits, new Holds(InstantSource.system()));
    }

    private static Instance with(
            URI url, String user, String password, Transport transport, Limits limits, Holds holds) {
        try {
            return new Instance(
                    url,
                    new BasicAuthentication(user, password),
                    transport,
                    limits,
                    USER_AGENT,
                    InstantSource.system(),
                    holds);
        } catch (ServiceNowException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
