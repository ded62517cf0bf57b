package io.jenkins.plugins.servicenowconnector.connector;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps the number of calls that a connector makes at one moment below its limit. */
@Extension
public class CallSlots {

    private final Map<String, Slots> slots = new ConcurrentHashMap<>();

    /** The same transport for a use, waiting for a free slot first, as long as a call may take. */
    static Transport of(FoundConnector found, ConnectorUse use, Transport transport) throws ServiceNowException {
        int limit = found.connector().getLimits().parallel();
        Slots slots = ExtensionList.lookupSingleton(CallSlots.class).of(found.key(), limit);
        // in Jenkins' own name only looks are made, and questions who decided
        return use.item() == null ? slots.forWaits(transport) : slots.over(transport);
    }

    /** Those of a connector; a new limit begins with new ones. */
    Slots of(String connector, int limit) {
        return slots.compute(
                connector, (key, known) -> known != null && known.limit == limit ? known : new Slots(limit));
    }

    /**
     * The calls that one connector may make at one moment.
     *
     * @param waits how many of them may be made for waits: a quarter is always left to steps, and at least one if there are two
     */
    record Slots(int limit, Semaphore all, Semaphore waits) {

        Slots(int limit) {
            this(limit, new Semaphore(limit, true), new Semaphore(Math.max(1, limit - Math.max(1, limit / 4)), true));
        }

        Transport over(Transport transport) {
            return over(all, transport);
        }

        Transport forWaits(Transport transport) {
            return over(waits, over(all, transport));
        }

        private Transport over(Semaphore free, Transport transport) {
            return request -> {
                if (!free.tryAcquire(request.limits().total().toMillis(), TimeUnit.MILLISECONDS)) {
                    throw ServiceNowException.noAnswer(
                            Kind.TIMEOUT,
                            "All " + limit
                                    + " calls that the connector may make at one moment are taken; it may be given"
                                    + " more under Manage Jenkins › ServiceNow connectors.",
                            false,
                            null);
                }
                try {
                    return transport.send(request);
                } finally {
                    free.release();
                }
            };
        }
    }
}
