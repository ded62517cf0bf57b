package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.ClientCredentials;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenEndpoint;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenSource;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckScope;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.ConnectionCheck;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.Use;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.Attachments;
import io.jenkins.plugins.servicenowconnector.engine.ticket.files.FileToAttach;
import io.jenkins.plugins.servicenowconnector.engine.ticket.form.FormLists;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.ImportRows;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.ImportSets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.Imported;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.AffectedItems;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Requester;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Shape;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketParameters;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketShaper;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Role;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/servicenow-setup.md tells an administrator to allow is what is called: no more, no less. */
class EndpointsTest {

    private static final Pattern LINE =
            Pattern.compile("^\\| ([A-Z]+) \\| `([^`]+)` \\| ([^|]*) ?\\|", Pattern.MULTILINE);
    private static final Pattern TABLE = Pattern.compile("(?<=/api/now/table/)[a-z0-9_]+");

    /** The tables that jobs name, for which the page has one word. */
    private static final Set<String> TICKETS = Set.of("change_request", "incident", "problem", "change_task");

    @Test
    void everyMethodAddressAndTableThatIsCalledIsDocumented() throws Exception {
        Set<String> called = new TreeSet<>();
        try (Simulator servicenow = Simulator.start()) {
            prepare(servicenow);
            runEverything(servicenow);
            called.addAll(
                    servicenow.requests().stream().map(EndpointsTest::template).collect(Collectors.toSet()));
        }

        assertThat(documented()).isEqualTo(called);
    }

    private static void prepare(Simulator servicenow) {
        servicenow.accounts().add(Simulator.USER, Simulator.PASSWORD, Role.ITIL, Role.IMPORT_SET_LOADER);
        servicenow.tables().seed("cmdb_ci_service", Map.of("name", "Payments"));
        servicenow.tables().seed("chg_model", Map.of("name", "Fast lane", "default_change_type", "normal"));
        Row template = servicenow
                .tables()
                .seed("sys_template", Map.of("name", "Outage", "table", "incident", "template", "urgency=1"));
        Row producer = servicenow
                .tables()
                .seed("std_change_record_producer", Map.of("name", "Add network switch", "template", template.sysId()));
        servicenow
                .tables()
                .seed(
                        "std_change_producer_version",
                        Map.of("name", "1", "version", "1", "std_change_producer", producer.sysId()));
    }

    private static void runEverything(Simulator servicenow) throws Exception {
        Instance instance = new Instance(
                servicenow.url(),
                new BasicAuthentication(Simulator.USER, Simulator.PASSWORD),
                HttpTransport.shared(),
                Limits.DEFAULT,
                "test",
                InstantSource.system());
        String group = servicenow
                .tables()
                .first("sys_user_group", "name", "Network")
                .orElseThrow()
                .sysId();
        NewTicket order = NewTicket.of("change_request", "x", null, null, Map.of("assignment_group", group));
        Ticket ticket = SingleSend.create(instance, order, "jenkins-1").ticket();
        new Submission(instance).requestApproval(ticket);
        TicketKey key = TicketKey.number("ticketNumber", ticket.number());
        new Tickets(instance).get("change_request", key, List.of());
        new TicketReader(instance).look("change_request", List.of(key), List.of("state"));
        new Approvers(instance).answers(List.of(ticket.sysId()), List.of(ticket.sysId()));
        new ConnectionCheck(instance, InstantSource.system())
                .run(new CheckScope(List.of("change_request"), EnumSet.allOf(Use.class), ""));
        shapeATicket(instance);
        changeATicket(instance, key);
        fillForms(instance);
        askForAToken(servicenow);
    }

    private static void shapeATicket(Instance instance) throws Exception {
        TicketShaper shaper = new TicketShaper(instance);
        Shape shape = shaper.shape(
                TicketRequest.toCreate(new TicketParameters("change_request")
                        .names(Map.of(
                                "assignment_group",
                                "Network",
                                "business_service",
                                "Payments",
                                "cmdb_ci",
                                "payments-prod",
                                "risk",
                                "High"))
                        .changeModel("Fast lane")
                        .requestedBy(Requester.named("abel.tuter"))
                        .affectedItems(List.of("payments-prod"))),
                Instant.now());
        Ticket ticket = SingleSend.create(instance, shape.ticket(), "jenkins-2").ticket();
        new AffectedItems(instance).add(ticket.sysId(), shape.affected());
        shaper.shape(
                TicketRequest.toCreate(new TicketParameters(null).changeTemplate("Add network switch")), Instant.now());
        shaper.shape(TicketRequest.toCreate(new TicketParameters("incident").formTemplate("Outage")), Instant.now());
    }

    private static void changeATicket(Instance instance, TicketKey key) throws Exception {
        Path file = Files.writeString(Files.createTempFile("deploy", ".log"), "ok");
        new Attachments(instance, "change_request", key, List.of(FileToAttach.of(LocalFile.of(file))), line -> {})
                .advance();
        Files.delete(file);
        new ImportSets(instance)
                .run(
                        ImportRows.of("u_jenkins_build", Map.of("u_build", "deploy #1"), null, null),
                        Imported.NOTHING,
                        each -> {},
                        () -> false);
    }

    private static void fillForms(Instance instance) throws Exception {
        FormLists forms = new FormLists(instance);
        forms.ticketTypes();
        forms.fields("change_request");
        forms.choices("change_request", "state");
        forms.changeTemplates();
        forms.formTemplates("change_request");
        forms.stagingTables();
        forms.openTickets("change_request", null);
    }

    private static void askForAToken(Simulator servicenow) throws Exception {
        servicenow.signIn().endpoint().client(new OAuthClient("client", "secret", Simulator.USER, ""));
        TokenEndpoint endpoint = new TokenEndpoint(TokenEndpoint.of(servicenow.url()), Limits.DEFAULT, "test");
        new TokenSource(endpoint, new ClientCredentials("client", "secret", ""), InstantSource.system())
                .over(HttpTransport.shared())
                .header();
    }

    private static String template(Exchange exchange) {
        String address = exchange.path()
                .replaceAll("[0-9a-f]{32}", "{sys_id}")
                .replaceAll("(?<=/api/now/import/)\\w+", "{table}");
        Matcher named = TABLE.matcher(address);
        String table = named.find() ? named.group() : "";
        return line(exchange.method(), named.replaceFirst("{table}"), TICKETS.contains(table) ? "the ticket's" : table);
    }

    private static String line(String method, String address, String table) {
        return method + " " + address + " " + table;
    }

    /** A line for each table, where the page names several in one. */
    private static Set<String> documented() throws Exception {
        Path page = Path.of(System.getProperty("tree", "."), "docs", "servicenow-setup.md");
        Matcher lines = LINE.matcher(Files.readString(page));
        Set<String> documented = new TreeSet<>();
        while (lines.find()) {
            for (String table : lines.group(3).replace("`", "").trim().split(", ")) {
                documented.add(line(lines.group(1), lines.group(2), table));
            }
        }
        return documented;
    }
}
