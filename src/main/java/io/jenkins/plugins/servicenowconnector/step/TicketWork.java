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
     * @throws ServiceNowException if nothing more will come of it; for a reason that passes by itself it is called again, and
     *     then looks before it writes or goes on with what is left
     */
    Turn go(TicketRun run, OpenConnector connector) throws ServiceNowException, IOException, InterruptedException;

    /** Whether it has to know after a restart of Jenkins that something may have been written: see {@link WriteMark}. */
    default boolean isMarked() {
        return false;
    }

    /** Whether it may begin anew after Jenkins went down when something may have been written: it looks before it writes again. */
    default boolean isRepeatable() {
        return true;
    }

    /** What to end with when there is no time to go on; null for the reason of the last delay. */
    default ServiceNowException outOfTime() {
        return null;
    }
}
