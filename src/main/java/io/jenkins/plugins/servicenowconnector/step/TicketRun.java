package io.jenkins.plugins.servicenowconnector.step;

import hudson.FilePath;
import hudson.model.Cause;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Requester;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * A run on whose behalf something is done with tickets.
 *
 * @param run the run
 * @param console writes a line to its log
 * @param node the node on which the step stands; null for none
 * @param workspace the folder in which it stands; null for none
 * @param key says where it stands; not asked on Pipeline's thread
 * @param attempt which attempt of which step it is: unique in its run, and the same after a restart of Jenkins
 * @param life of the step: how long it may go on, and what a restart of Jenkins leaves of it
 */
public record TicketRun(
        Run<?, ?> run,
        Consumer<String> console,
        Node node,
        FilePath workspace,
        Supplier<StepKey> key,
        String attempt,
        StepLife life) {

    /** Whether it was stopped since. */
    public boolean isStopped() {
        return life.isStopped();
    }

    /** Whether the step's time is over. */
    public boolean isTimeUp() {
        return !Instant.now().isBefore(life.deadline());
    }

    /** Whether it goes on after a restart of Jenkins, so that what is noted of this place is its own. */
    public boolean again() {
        return life.isResumed();
    }

    /** Writes a line to the run's log. */
    public void log(String line) {
        console.accept(line);
    }

    /** Notes a ticket for the run's page. */
    public void note(OpenConnector connector, Ticket ticket, BuildTicket.Role role) throws IOException {
        BuildTickets.of(run).add(BuildTicket.of(connector.reference(), ticket, connector.link(), role));
    }

    /** A ticket with its link, as a log shows it. */
    public static String named(Ticket ticket, OpenConnector connector) {
        String name = ticket.number().isEmpty() ? ticket.sysId() : ticket.number();
        return name + " " + TicketLink.to(connector.link(), ticket);
    }

    /** Who started the run; the API user if nobody did. */
    public Requester starter() {
        return starter(run.getCause(Cause.UserIdCause.class));
    }

    /** Who requests a ticket for this cause; the API user for null. */
    static Requester starter(Cause.UserIdCause cause) {
        String id = cause == null ? null : cause.getUserId();
        if (id == null) {
            return Requester.API_USER;
        }
        User user = User.getById(id, false);
        String fullName = user == null ? cause.getUserName() : user.getFullName();
        return Requester.starter(id, fullName, id.contains("@") ? id : null);
    }

    /** What Jenkins says about itself in a ticket's work notes: the run, who started it, and where it can be seen. */
    public String workNote() {
        return workNote(run);
    }

    /** The same about any run. */
    static String workNote(Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        String by = cause == null || cause.getUserName() == null ? "" : ", started by " + cause.getUserName();
        return "Jenkins: " + run.getFullDisplayName() + by + "." + address(run);
    }

    private static String address(Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "" : "\n" + root + run.getUrl();
    }
}
