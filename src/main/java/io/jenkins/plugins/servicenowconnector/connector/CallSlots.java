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

    /** One set of slots for each connector and limit: a new limit begins with new slots. */
    private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();

    /** The same transport, waiting for a free slot first, as long as a call may take. */
    static Transport of(FoundConnector found, Transport transport) throws ServiceNowException {
        int limit = found.connector().getLimits().parallel();
        Semaphore slots = ExtensionList.lookupSingleton(CallSlots.class)
                .slots
                .computeIfAbsent(found.key() + " " + limit, each -> new Semaphore(limit, true));
        return request -> {
            if (!slots.tryAcquire(request.limits().total().toMillis(), TimeUnit.MILLISECONDS)) {
                throw ServiceNowException.noAnswer(
                        Kind.TIMEOUT,
                        "All " + limit + " calls that the connector may make at one moment are taken; it may be given"
                                + " more under Manage Jenkins › ServiceNow connectors.",
                        false,
                        null);
            }
            try {
                return transport.send(request);
            } finally {
                slots.release();
            }
        };
    }
}
