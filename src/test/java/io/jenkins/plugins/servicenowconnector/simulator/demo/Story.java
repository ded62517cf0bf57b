package io.jenkins.plugins.servicenowconnector.simulator.demo;

import io.jenkins.plugins.servicenowconnector.engine.auth.BasicAuthentication;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.SingleSend;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Submission;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What the demo shows, from the check of the connection to the decision. */
public final class Story {

    private static final String CHANGE = "change_request";

    private final Settings settings;
    private Consumer<String> tell;

    private Story(Settings settings) {
        this.settings = settings;
    }

    /**
     * The story that a person asks for.
     *
     * @param arguments what was typed
     * @param environment holds the password
     * @throws ServiceNowException bad input, whose message is a line for that person
     */
    public static Story of(List<String> arguments, Map<String, String> environment) throws ServiceNowException {
        return new Story(Settings.of(new Arguments(arguments), environment));
    }

    /**
     * Tells it.
     *
     * @param pace how long the simulator's people take for each decision
     * @param lines where each line goes
     * @return whether the ticket was approved
     * @throws ServiceNowException why the story broke off
     */
    public boolean tell(Duration pace, Consumer<String> lines) throws ServiceNowException, InterruptedException {
        tell = lines;
        if (settings.account() != null) {
            tell.accept("ServiceNow is " + settings.account().url());
            Instance instance = open(settings.account());
            check(instance);
            return decided(instance, create(instance, Map.of()), () -> {});
        }
        try (Stand stand = new Stand(pace, tell)) {
            tell.accept("ServiceNow is a simulator on this machine: " + stand.url() + "/simulator");
            Instance instance = open(new Settings.Account(stand.url(), Simulator.USER, Simulator.PASSWORD));
            check(instance);
            Ticket ticket = create(instance, Map.of("assignment_group", "Network"));
            boolean isChange = settings.table().equals(CHANGE);
            Ticket waitedFor = isChange ? submit(instance, ticket) : ticket;
            // nobody approves what nobody has been seen to wait for
            return decided(instance, waitedFor, isChange ? () -> stand.approve(waitedFor.number()) : () -> {});
        }
    }

    private static Instance open(Settings.Account account) throws ServiceNowException {
        return new Instance(
                account.url(),
                new BasicAuthentication(account.user(), account.password()),
                HttpTransport.shared(),
                Limits.DEFAULT,
                "Jenkins-ServiceNow-Connector/demo",
                InstantSource.system());
    }

    private void check(Instance instance) throws ServiceNowException, InterruptedException {
        TableApi tables = new TableApi(instance);
        // the instance itself says who is asking: it runs this one expression
        List<Row> users = tables.query(
                        "sys_user",
                        new EncodedQuery("user_name=javascript:gs.getUserName()"),
                        List.of("user_name", "name"),
                        2)
                .rows();
        tell.accept(
                users.size() == 1
                        ? "Signed in as " + users.get(0).value("user_name") + " ("
                                + users.get(0).value("name") + ")."
                        : "Signed in, but the account's own row in sys_user cannot be read.");
        boolean seen = !tables.query(settings.table(), new EncodedQuery("sys_idISNOTEMPTY"), List.of("sys_id"), 1)
                .rows()
                .isEmpty();
        tell.accept(settings.table() + (seen ? ": row seen." : ": no row seen (empty, or no right to read it)."));
    }

    private Ticket create(Instance instance, Map<String, String> fields)
            throws ServiceNowException, InterruptedException {
        String correlation = "demo-" + UUID.randomUUID().toString().replace("-", "");
        NewTicket order = NewTicket.of(
                settings.table(),
                "Try out the ServiceNow connector of Jenkins",
                "Created by the connector's demo; it may be closed.",
                null,
                fields);
        Created created = SingleSend.create(instance, order, correlation);
        Ticket ticket = created.ticket();
        tell.accept("Created " + name(ticket) + ": " + TicketLink.to(instance.url(), ticket));
        created.report().lines().forEach(tell);
        return ticket;
    }

    private Ticket submit(Instance instance, Ticket ticket) throws ServiceNowException, InterruptedException {
        Ticket submitted = new Submission(instance).requestApproval(ticket);
        tell.accept(
                "Requested approval of " + name(ticket) + ", now in state '" + submitted.displayValue("state") + "'.");
        return submitted;
    }

    private boolean decided(Instance instance, Ticket ticket, Runnable afterFirstLook)
            throws ServiceNowException, InterruptedException {
        settings.terms().describe().forEach(line -> tell.accept("  " + line));
        return new Wait(settings, instance, ticket.sysId(), tell, afterFirstLook).untilDecided();
    }

    private static String name(Ticket ticket) {
        return ticket.number().isEmpty() ? ticket.sysId() : ticket.number();
    }
}
