package io.jenkins.plugins.servicenowconnector.engine.ticket.files;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Attachment;
import io.jenkins.plugins.servicenowconnector.engine.rest.AttachmentApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Attaches files to one ticket, one after another and each of them once.
 *
 * <p>It never waits; the caller calls {@link #advance} again when it says so. Where all goes well that is one call. Nothing of
 * it is kept: whoever begins anew, after a restart too, finds by name, size and hash what is there already.
 */
public final class Attachments {

    private static final Duration TRY_EVERY = Duration.ofSeconds(10);

    private final String ticketType;
    private final TicketKey key;
    private final List<FileToAttach> files;
    private final Consumer<String> log;
    private final List<FileOutcome> outcomes = new ArrayList<>();

    private Tickets tickets;
    private AttachmentApi api;
    private AttachTarget target;
    private FileSending sending;
    private ServiceNowException lastFailure =
            ServiceNowException.noAnswer(Kind.TIMEOUT, "There was no time left to attach it.", false, null);

    /**
     * @param instance where
     * @param ticketType the ticket's table, or one that it extends
     * @param key the ticket's number or sys_id
     * @param files what to attach; a file that is there already, by name, size and hash, is not sent
     * @param log hears in a sentence what happens, as it happens
     * @throws ServiceNowException bad input, before any call
     */
    public Attachments(
            Instance instance, String ticketType, TicketKey key, List<FileToAttach> files, Consumer<String> log)
            throws ServiceNowException {
        through(instance);
        this.ticketType = writable(Syntax.table("ticketType", ticketType));
        this.key = key;
        this.files = List.copyOf(files);
        this.log = log;
        if (files.isEmpty()) {
            throw ServiceNowException.badInput("files", "matches no file, so there is nothing to attach.");
        }
    }

    /** Goes on through another client, as after somebody has changed the connector. */
    public void through(Instance instance) {
        tickets = new Tickets(instance);
        api = new AttachmentApi(instance);
        if (target != null) {
            target.through(api);
        }
    }

    /**
     * Makes the calls that are due now. A file that fails does not stop the others, unless the instance no longer accepts the
     * account: then another try could lock it. What passes by itself is waited out.
     *
     * @return how long to wait before the next call of this; null if every file has its outcome
     * @throws ServiceNowException if the ticket cannot be found, or its files not listed; then nothing was sent
     */
    public Duration advance() throws ServiceNowException, InterruptedException {
        return advance(() -> false);
    }

    /**
     * The same, for somebody whose time may end between two files.
     *
     * @param isTimeUp asked before each file but the first; the rest is then the matter of {@link #outOfTime}
     */
    public Duration advance(BooleanSupplier isTimeUp) throws ServiceNowException, InterruptedException {
        try {
            target = target == null ? target() : target;
            while (outcomes.size() < files.size()) {
                if (sending == null && !outcomes.isEmpty() && isTimeUp.getAsBoolean()) {
                    return Duration.ZERO;
                }
                FileToAttach file = files.get(outcomes.size());
                sending = sending == null ? new FileSending(file, target, log) : sending;
                FileOutcome outcome = sending.advance();
                if (outcome == null) {
                    return sending.pause();
                }
                add(outcome);
            }
            return null;
        } catch (ServiceNowException e) {
            return untilTry(e);
        }
    }

    /** The ticket, as soon as it is found; null until then. */
    public Ticket ticket() {
        return target == null ? null : target.ticket();
    }

    /** What became of the files once {@link #advance} says that there is nothing left to wait for. */
    public AttachReport report() {
        return new AttachReport(target.ticket(), outcomes);
    }

    /**
     * What to end with when there is no time to go on: files without an outcome have failed then.
     *
     * @throws ServiceNowException if not even the ticket was found
     */
    public AttachReport outOfTime() throws ServiceNowException {
        if (target == null) {
            throw lastFailure;
        }
        if (sending != null) {
            add(sending.outOfTime(lastFailure));
        }
        while (outcomes.size() < files.size()) {
            add(FileOutcome.failed(files.get(outcomes.size()), lastFailure));
        }
        return report();
    }

    /** The files that a ticket has, as far as the account may see them. */
    public static List<Attachment> list(Instance instance, Ticket ticket)
            throws ServiceNowException, InterruptedException {
        return new AttachmentApi(instance).list(ownTable(ticket), ticket.sysId());
    }

    private AttachTarget target() throws ServiceNowException, InterruptedException {
        Ticket ticket = tickets.get(ticketType, key, List.of(TicketFields.CLASS));
        return new AttachTarget(api, writable(ownTable(ticket)), ticket);
    }

    private void add(FileOutcome outcome) {
        sending = null;
        outcomes.add(outcome);
        ServiceNowException failure = outcome.failure();
        if (failure != null && failure.kind() == Kind.UNAUTHENTICATED) {
            files.stream()
                    .skip(outcomes.size())
                    .map(file -> FileOutcome.failed(file, failure))
                    .toList()
                    .forEach(outcomes::add);
        }
    }

    private Duration untilTry(ServiceNowException failure) throws ServiceNowException {
        if (!failure.isPassing()) {
            throw failure;
        }
        // the facts differ from answer to answer
        if (!failure.sentence().equals(lastFailure.sentence())) {
            log.accept("Trying again until it works or the time is up: " + failure.getMessage());
        }
        lastFailure = failure;
        return failure.retryAfter() == null ? TRY_EVERY : failure.retryAfter();
    }

    /** A form shows only what was attached to the very table of its record. */
    private static String ownTable(Ticket ticket) throws ServiceNowException {
        String own = ticket.value(TicketFields.CLASS);
        return own.isEmpty() ? ticket.table() : Syntax.table("ticketType", own);
    }

    private static String writable(String table) throws ServiceNowException {
        NeverWritten.checkTable("ticketType", table);
        return table;
    }
}
