package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.SimulatedInstance;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A simulated instance on which tickets are put together. */
abstract class ShapeBench {

    static final Simulator SIMULATOR = Simulator.start();
    static final Instant NOW = Instant.parse("2026-05-11T09:14:02Z");

    final Instance instance = SimulatedInstance.of(SIMULATOR);

    @BeforeEach
    void reset() {
        SIMULATOR.reset();
    }

    Shape created(TicketParameters given) throws Exception {
        return new TicketShaper(instance).shape(TicketRequest.toCreate(given), NOW);
    }

    Shape changed(TicketParameters given) throws Exception {
        return new TicketShaper(instance).shape(TicketRequest.toUpdate(given), NOW);
    }

    ServiceNowException refused(TicketParameters given) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> created(given));
        assertThat(error).isNotNull();
        return error;
    }

    /** The tables that were asked, in order. */
    static List<String> asked() {
        return SIMULATOR.requests().stream()
                .map(Exchange::path)
                .map(path -> path.replace("/api/now/table/", ""))
                .toList();
    }

    static Row seed(String table, Map<String, String> values) {
        return SIMULATOR.tables().seed(table, values);
    }

    static String id(String table, String field, String value) {
        return SIMULATOR.tables().first(table, field, value).orElseThrow().sysId();
    }
}
