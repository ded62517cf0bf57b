package io.jenkins.plugins.servicenowconnector.engine.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.auth.ClientCredentials;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenEndpoint;
import io.jenkins.plugins.servicenowconnector.engine.auth.TokenSource;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckScope;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.ConnectionCheck;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.Use;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.signin.OAuthClient;
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
            runEverything(servicenow);
            called.addAll(
                    servicenow.requests().stream().map(EndpointsTest::template).collect(Collectors.toSet()));
        }

        assertThat(documented()).isEqualTo(called);
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
        Ticket ticket = new Tickets(instance).create(order, "jenkins-1").ticket();
        new Tickets(instance).findByCorrelation("change_request", "jenkins-1");
        new Submission(instance).requestApproval(ticket);
        TicketKey key = TicketKey.number("ticketNumber", ticket.number());
        new Tickets(instance).get("change_request", key, List.of());
        new TicketReader(instance).look("change_request", List.of(key), List.of("state"));
        new Approvers(instance).rejectedSince(ticket.sysId(), Instant.EPOCH);
        new ConnectionCheck(instance, InstantSource.system())
                .run(new CheckScope(List.of("change_request"), EnumSet.allOf(Use.class), ""));
        askForAToken(servicenow);
    }

    private static void askForAToken(Simulator servicenow) throws Exception {
        servicenow.signIn().endpoint().client(new OAuthClient("client", "secret", Simulator.USER, ""));
        TokenEndpoint endpoint = new TokenEndpoint(TokenEndpoint.of(servicenow.url()), Limits.DEFAULT, "test");
        new TokenSource(endpoint, new ClientCredentials("client", "secret", ""), InstantSource.system())
                .over(HttpTransport.shared())
                .header();
    }

    private static String template(Exchange exchange) {
        String address = exchange.path().replaceAll("[0-9a-f]{32}", "{sys_id}");
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
