package io.jenkins.plugins.servicenowconnector.testing;

import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.importset.TransformMap;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** An instance that has everything which the examples of the grammar and of the docs name. */
public final class SampleInstance {

    /** A change that is approved and scheduled, with one task to implement it. */
    public static final String CHANGE = "CHG0030001";

    /** The operations that a connector can allow. */
    private static final List<String> ALL = List.of("read", "create", "update", "import", "attach");

    private SampleInstance() {}

    /** As on the first day, and then what the examples need. */
    public static void prepare(Simulator servicenow) {
        servicenow.reset();
        servicenow.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.ITIL, Role.IMPORT_SET_LOADER);
        templates(servicenow);
        changes(servicenow);
        servicenow
                .tables()
                .seed(
                        "incident",
                        Map.of(
                                "short_description",
                                "Network is slow",
                                "category",
                                "network",
                                "state",
                                "2",
                                "close_code",
                                "Solved (Permanently)",
                                "close_notes",
                                "x"));
        servicenow
                .stagingTables()
                .stage(
                        Schema.table("u_builds").with(Column.string("u_name", 100), Column.string("u_number", 40)),
                        TransformMap.of(
                                "Builds",
                                "incident",
                                Map.of("u_name", "short_description", "u_number", "correlation_id"),
                                ""));
    }

    private static void templates(Simulator servicenow) {
        Row standard = servicenow
                .tables()
                .seed("sys_template", Map.of("name", "Add network switch", "table", "change_request", "template", ""));
        Row producer = servicenow
                .tables()
                .seed("std_change_record_producer", Map.of("name", "Add network switch", "template", standard.sysId()));
        servicenow
                .tables()
                .seed(
                        "std_change_producer_version",
                        Map.of(
                                "name", "Add network switch - 1",
                                "version", "1",
                                "std_change_producer", producer.sysId()));
        servicenow
                .tables()
                .seed(
                        "sys_template",
                        Map.of(
                                "name", "Outage",
                                "table", "incident",
                                "template", "urgency=1^category=network",
                                "global", "true"));
    }

    private static void changes(Simulator servicenow) {
        Row change = servicenow
                .tables()
                .seed(
                        "change_request",
                        Map.of(
                                "number", CHANGE,
                                "short_description", "Payments 4.2",
                                "type", "normal",
                                "state", "-2",
                                "approval", "approved",
                                "start_date", servicenow.clock().stored(),
                                "end_date", "2100-01-01 00:00:00"));
        servicenow
                .tables()
                .seed("change_task", Map.of("change_request", change.sysId(), "change_task_type", "implementation"));
        servicenow.tables().seed("change_request", Map.of("number", "CHG1"));
    }

    /** The connector {@code prod}, through which everything may be done. */
    public static Connector connect(Simulator servicenow) throws Exception {
        Connecting.credentials(Simulator.PASSWORD);
        Connector connector = connector(servicenow.url());
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        return connector;
    }

    /** The same for another server, not stored yet. */
    public static Connector connector(URI url) {
        Connector connector = new Connector("Production", url.toString(), new BasicKind(Connecting.CREDENTIALS));
        connector.setId("prod");
        connector.setSkipValidation(true);
        UseRules everything = new UseRules();
        everything.setOperations(ALL);
        everything.setTicketTypes("*");
        connector.setUse(everything);
        return connector;
    }
}
