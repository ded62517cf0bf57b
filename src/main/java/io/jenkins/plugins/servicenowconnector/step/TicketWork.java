package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.IOException;

/**
 * What one step does with tickets: one operation of the engine, told of in the log and noted at the build.
 *
 * <p>An object is one attempt in one life of Jenkins; it is checked as far as that goes without a call.
 */
public interface TicketWork {

    /**
     * What the connector is needed for.
     *
     * @param use a use by the job, from the agents that the step wants
     */
    ConnectorUse use(ConnectorUse use);

    /**
     * Does what can be done now; called again when a {@link Turn.Later} says so.
     *
     * @param run on whose behalf
     * @param connector through which
     * @throws ServiceNowException if nothing more will come of it
     */
    Turn go(TicketRun run, OpenConnector connector) throws ServiceNowException, IOException, InterruptedException;

    /** Whether it may begin anew after Jenkins went down in the middle of it: it looks before it writes again. */
    default boolean isRepeatable() {
        return true;
    }

    /** Whether it may simply go again after a passing failure that it has thrown: it has only read, or looks before it writes. */
    default boolean mayGoAgain() {
        return false;
    }

    /** What to end with when there is no time to go on; null for the reason of the last delay. */
    default ServiceNowException outOfTime() {
        return null;
    }
}
