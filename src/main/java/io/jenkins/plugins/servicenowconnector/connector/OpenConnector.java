package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Marking;
import java.net.URI;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A connector that is ready for calls.
 *
 * @param key what tells it from all others of this Jenkins
 * @param reference what a job writes down to find it again
 * @param name what people call it
 * @param link the address that people use
 * @param label the agent label that the calls go by; empty for the controller
 * @param marking by what tickets created through it shall be found again
 * @param instance what the calls are made on
 */
public record OpenConnector(
        String key, String reference, String name, URI link, String label, Marking marking, Instance instance) {

    /** The same connector for somebody who may be stopped: it sends no more writes after that. */
    public OpenConnector until(BooleanSupplier stopped) {
        return new OpenConnector(key, reference, name, link, label, marking, instance.until(stopped));
    }

    /** The same connector with something around its calls. */
    public OpenConnector through(UnaryOperator<Transport> around) {
        return new OpenConnector(key, reference, name, link, label, marking, instance.through(around));
    }
}
