package io.jenkins.plugins.servicenowconnector.connector;

import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** The kinds of work for a connector: each kind has threads of its own with each connector, few of them. */
public enum ConnectorLane {
    /** What steps do: as much at a time as there may be calls. */
    STEPS(1),
    /** Looks at tickets that are waited for; with what is asked of approvers they never take all calls from steps. */
    POLLS(2),
    /** What tickets cannot be judged without: the answers of their approvers, so that looks at others go on meanwhile. */
    APPROVERS(4),
    /** What begins waits: no calls, so that none begins late because of calls that hang. */
    WAITS(2),
    /** Builds that go on after a wait: no calls, so that nobody's hanging call holds them up. */
    PASSES(1),
    /** What ends waits without approval, which may take calls. */
    ENDS(2),
    /** Changes that nobody waits for any more: they are canceled. */
    LEFT(2),
    /** What gates do with their tickets before and after they are waited for. */
    GATES(2),
    /** Who decided: asked for many waits at once. */
    NAMES(4),
    /** Checks of the connection. */
    CHECKS(1);

    private static final CallLane NOBODY = new CallLane("no connector", 4);

    /** How many of a connector's parallel calls come to one thread. */
    private final int callsToAThread;

    ConnectorLane(int callsToAThread) {
        this.callsToAThread = callsToAThread;
    }

    /** The lane of a connector. */
    public CallLane of(FoundConnector found) {
        return new CallLane(found.key() + " " + name(), Math.max(1, parallel(found) / callsToAThread));
    }

    /**
     * The lane of the connector that a job means; work for one that does not exist makes no call and ends soon.
     *
     * @param wanted its id or name; blank for the default
     * @param item the job that asks; null if it is gone
     */
    public CallLane of(String wanted, Item item) {
        return of(wanted, item, item);
    }

    /** The same of a connector that a place above the job means. */
    public CallLane of(String wanted, Item place, Item user) {
        try {
            return of(Connectors.find(wanted, place, user));
        } catch (ServiceNowException e) {
            return NOBODY;
        }
    }

    /** A limit that cannot be read is refused when the connector is opened. */
    private static int parallel(FoundConnector found) {
        try {
            return found.connector().getLimits().parallel();
        } catch (ServiceNowException e) {
            return 1;
        }
    }
}
