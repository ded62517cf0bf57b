package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.LeftCreation;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.Cancellation;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.WorkNotes;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** The ticket of a build that does not start: the job's page and the ticket are told, and nobody is left waiting for it. */
final class LeftTicket {

    private static final Logger LOGGER = Logger.getLogger(LeftTicket.class.getName());

    private static final String CHANGE = "change_request";

    private static final Duration SOON = Duration.ofSeconds(10);

    /** So long it is tried soon again: agents come back after a restart, and a creation in doubt may arrive late. */
    private static final Duration EARLY = Duration.ofMinutes(10);

    private static final Duration LATER = Duration.ofMinutes(10);

    /** So long altogether in one life of Jenkins: an instance may sleep over a weekend. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Job<?, ?> job;
    private final Item place;
    private final GateRecord record;
    private final GateCalls calls;
    private final Instant since = Instant.now();

    private LeftTicket(Job<?, ?> job, GateRecord record) {
        this.job = job;
        this.record = record;
        Item named = record.place().isEmpty() ? null : Jenkins.get().getItemByFullName(record.place());
        this.place = named == null ? job : named;
        this.calls = new GateCalls(record.connector(), place, job);
    }

    static LeftTicket of(Job<?, ?> job, GateRecord record) {
        return new LeftTicket(job, record);
    }

    /** Notes, on disk and at the job, why its build does not start. */
    void note() {
        save();
        note(record.unneeded());
    }

    private void save() {
        try {
            GateRecords.save(record);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the record of an item of " + job.getFullName() + " cannot be written");
        }
    }

    private void note(String reason) {
        NotStartedBuilds.add(job, NotStarted.of(record, url(), reason));
    }

    private String url() {
        if (record.sysId().isEmpty()) {
            return "";
        }
        try {
            URI link = Connectors.find(record.connector(), place, job).link();
            return TicketLink.to(link, new Ticket(record.table(), record.sysId(), record.name(), Map.of()));
        } catch (ServiceNowException e) {
            // the connector is gone: the name must do
            return "";
        }
    }

    /** Does what is left to do for the ticket; on a thread that may wait for calls, now or later. */
    void settle() {
        boolean isNothing = record.sysId().isEmpty() && record.name().isEmpty() && !record.isInDoubt();
        if (!record.cancels() || isNothing || record.isSettled()) {
            forget();
            return;
        }
        save();
        calls.run(() -> attempt(this::cancel));
    }

    /** Nothing is left to do: the record stays as long as Jenkins may bring the item back. */
    private void forget() {
        record.settles();
        save();
        SavedQueue.forget(record);
    }

    /** Tells the ticket of an item that Jenkins has lost; on a thread that may wait for calls. */
    void tellLost() {
        note(Messages.LeftTicket_lost());
        if (record.name().isEmpty() && !record.isInDoubt()) {
            GateRecords.delete(record);
        } else {
            calls.run(() -> attempt(this::tell));
        }
    }

    private void attempt(Telling telling) {
        try {
            String sentence = telling.tell();
            NotStartedBuilds.note(job, record.id(), sentence);
            forget();
        } catch (ServiceNowException e) {
            Duration pause = pause(e.isPassing(), isAwaited(e), Duration.between(since, Instant.now()));
            if (pause != null) {
                if (pause.equals(LATER)) {
                    NotStartedBuilds.note(job, record.id(), Messages.LeftTicket_later(record.name(), e.getMessage()));
                }
                calls.runAt(Instant.now().plus(pause), () -> attempt(telling));
                return;
            }
            NotStartedBuilds.note(job, record.id(), Messages.LeftTicket_notTold(record.name(), e.getMessage()));
            forget();
        } catch (InterruptedException e) {
            // Jenkins is going down: the record tells its next life
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the ticket of a build of " + job.getFullName() + " cannot be told");
            if (pause(true, false, Duration.between(since, Instant.now())) != null) {
                calls.runAt(Instant.now().plus(LATER), () -> attempt(telling));
            }
        }
    }

    /**
     * How long to wait before it is tried again.
     *
     * @param isPassing whether the failure passes by itself
     * @param isAwaited whether the ticket may still be on its way
     * @param passed since it was tried first
     * @return null if it is not tried again
     */
    static Duration pause(boolean isPassing, boolean isAwaited, Duration passed) {
        if (passed.compareTo(EARLY) < 0) {
            return isPassing || isAwaited ? SOON : null;
        }
        return isPassing && passed.compareTo(LONGEST) < 0 ? LATER : null;
    }

    private boolean isAwaited(ServiceNowException failure) {
        return record.isInDoubt() && failure.kind() == Kind.NOT_FOUND;
    }

    private String cancel() throws ServiceNowException, InterruptedException {
        if (!record.table().equals(CHANGE)) {
            return "";
        }
        OpenConnector connector = open(Operation.READ, Operation.UPDATE);
        Ticket ticket = ticket(connector);
        UpdateOutcome outcome = new Cancellation(connector.instance())
                .cancel(
                        ticket.sysId(),
                        "Jenkins: the build of " + job.getFullDisplayName() + " that waited for this change "
                                + (record.isLifted() ? "starts without it. " : "does not start. ")
                                + record.unneeded());
        return Messages.LeftTicket_told(ticket.name(), outcome.sentence());
    }

    private String tell() throws ServiceNowException, InterruptedException {
        OpenConnector connector = open(Operation.READ, Operation.UPDATE);
        Ticket ticket = ticket(connector);
        UpdateOutcome outcome = new WorkNotes(connector.instance())
                .add(
                        List.of(ticket),
                        "Jenkins: the build of " + job.getFullDisplayName()
                                + " that waited for this ticket was lost when Jenkins stopped. It has to be started"
                                + " again.")
                .outcomes()
                .get(0);
        return Messages.LeftTicket_told(ticket.name(), outcome.sentence());
    }

    private OpenConnector open(Operation... operations) throws ServiceNowException {
        ConnectorUse use =
                ConnectorUse.by(job, place).on(record.table(), operations).from(record.agentLabel());
        return Connectors.open(record.connector(), use, null);
    }

    private Ticket ticket(OpenConnector connector) throws ServiceNowException, InterruptedException {
        if (record.isInDoubt()) {
            Ticket found = LeftCreation.lookFor(connector.instance(), record.creation());
            if (found == null) {
                throw new ServiceNowException(
                        Kind.NOT_FOUND, Messages.LeftTicket_neverArrived(record.table()), Facts.NONE);
            }
            return found;
        }
        TicketKey key = record.sysId().isEmpty()
                ? TicketKey.number("ticketNumber", record.name())
                : TicketKey.sysId("sysId", record.sysId());
        return new Tickets(connector.instance()).get(record.table(), key, List.of());
    }

    /** Tells the ticket something and says what came of it. */
    @FunctionalInterface
    private interface Telling {
        String tell() throws ServiceNowException, InterruptedException;
    }
}
