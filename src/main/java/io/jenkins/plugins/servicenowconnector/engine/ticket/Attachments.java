package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import io.jenkins.plugins.servicenowconnector.engine.rest.AttachmentApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Attaches files to a ticket, each of them once. */
public final class Attachments {

    private final Tickets tickets;
    private final AttachmentApi api;
    private final Pause pause;

    public Attachments(Instance instance) {
        this(instance, length -> Thread.sleep(length.toMillis()));
    }

    /** @param pause how time passes between two looks */
    Attachments(Instance instance, Pause pause) {
        tickets = new Tickets(instance);
        api = new AttachmentApi(instance);
        this.pause = pause;
    }

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void last(Duration length) throws InterruptedException;
    }

    /**
     * Attaches files one after another. A file that fails does not stop the others, unless the instance no longer accepts the
     * account: then another try could lock it.
     *
     * @param ticketType the ticket's table, or one that it extends
     * @param key the ticket's number or sys_id
     * @param files what to attach; a file that is there already, by name, size and hash, is not sent
     * @param log hears in a sentence what happens, as it happens
     * @return an outcome for every file; {@link AttachReport#orThrow()} makes an error of those that failed
     * @throws ServiceNowException if the ticket cannot be found, or its files not listed; then nothing was sent
     */
    public AttachReport attach(String ticketType, TicketKey key, List<FileToAttach> files, Consumer<String> log)
            throws ServiceNowException, InterruptedException {
        String asked = writable(Syntax.table("ticketType", ticketType));
        if (files.isEmpty()) {
            throw ServiceNowException.badInput("files", "matches no file, so there is nothing to attach.");
        }
        Ticket ticket = tickets.get(asked, key, List.of("sys_class_name"));
        String table = writable(ownTable(ticket));
        FileSender sender = new FileSender(api, table, ticket, pause, log);
        List<FileOutcome> outcomes = new ArrayList<>();
        ServiceNowException locked = null;
        for (FileToAttach file : files) {
            FileOutcome outcome = locked == null ? sender.send(file) : FileOutcome.failed(file, locked);
            outcomes.add(outcome);
            if (outcome.failure() != null && outcome.failure().kind() == Kind.UNAUTHENTICATED) {
                locked = outcome.failure();
            }
        }
        return new AttachReport(ticket, outcomes);
    }

    /** A form shows only what was attached to the very table of its record. */
    private static String ownTable(Ticket ticket) throws ServiceNowException {
        String own = ticket.value("sys_class_name");
        return own.isEmpty() ? ticket.table() : Syntax.table("ticketType", own);
    }

    private static String writable(String table) throws ServiceNowException {
        if (NewTicket.NEVER_WRITTEN.contains(table)) {
            throw ServiceNowException.badInput("ticketType", "is " + table + ", which this plugin never writes.");
        }
        return table;
    }

    /** The files that a ticket has, as far as the account may see them. */
    public List<Attachment> list(Ticket ticket) throws ServiceNowException, InterruptedException {
        String own = ticket.value("sys_class_name");
        return api.list(own.isEmpty() ? ticket.table() : own, ticket.sysId());
    }
}
