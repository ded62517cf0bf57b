package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Shape;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketShaper;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.TicketUpdate;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.TicketUpdates;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.Updated;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes tickets: looks up what is meant, writes what differs, and goes on with what failed for a while. */
final class UpdateWork implements TicketWork {

    private final TicketSelection selection;
    private final TicketRequest request;
    private final boolean workNote;
    private final boolean failOnNotTaken;

    private Shape shape;
    private TicketUpdate update;
    private Updated updated;

    private int ticketsWithItems;
    private final List<String> missingItems = new ArrayList<>();

    /** What the log knows already: while an instance is away, every try has the same to say. */
    private final Set<String> said = new HashSet<>();

    UpdateWork(TicketSelection selection, TicketRequest request, boolean workNote, boolean failOnNotTaken) {
        this.selection = selection;
        this.request = request;
        this.workNote = workNote;
        this.failOnNotTaken = failOnNotTaken;
    }

    @Override
    public ConnectorUse use(ConnectorUse use) {
        return use.on(selection.table(), Operation.READ, Operation.UPDATE);
    }

    /** What goes to journals is not sent twice. */
    @Override
    public boolean isMarked() {
        return true;
    }

    /** Whoever gives journal entries would find them twice; all else is compared before it is written. */
    @Override
    public boolean isRepeatable() {
        return !request.hasJournal();
    }

    @Override
    public ServiceNowException outOfTime() {
        return updated == null ? null : failure();
    }

    @Override
    public Turn go(TicketRun run, OpenConnector connector)
            throws ServiceNowException, IOException, InterruptedException {
        if (shape == null) {
            shape = new TicketShaper(connector.instance()).shape(request, Instant.now());
            shape.lines().forEach(run::log);
            update = update(run);
        }
        updated = new TicketUpdates(connector.instance())
                .run(
                        updated == null ? update : update.after(updated),
                        outcome -> tell(run, connector, outcome),
                        run::isTimeUp);
        if (updated.mayBeRunAgain()) {
            return new Turn.Later(
                    Instant.now().plus(TicketTurns.pause(updated.delay())),
                    "Trying the rest again: " + updated.delay().sentence());
        }
        updated.check();
        attachItems(run, connector);
        if (failOnNotTaken) {
            updated.checkTaken();
            ItemLines.check(missingItems);
        }
        return new Turn.Result(
                selection.isOne()
                        ? TicketResult.of(updated.outcomes().get(0).ticket(), connector)
                        : TicketResult.list(
                                updated.outcomes().stream()
                                        .map(UpdateOutcome::ticket)
                                        .toList(),
                                connector));
    }

    private void attachItems(TicketRun run, OpenConnector connector)
            throws ServiceNowException, IOException, InterruptedException {
        List<UpdateOutcome> all = updated.outcomes();
        int first = ticketsWithItems;
        while (ticketsWithItems < all.size()) {
            if (ticketsWithItems > first && !shape.affected().isEmpty() && run.isTimeUp()) {
                throw new ServiceNowException(
                        Kind.NOT_TAKEN,
                        "The tickets were updated, but " + (all.size() - ticketsWithItems) + " of " + all.size()
                                + " did not get their affected items before the time ended; a second run does the rest.",
                        Facts.NONE);
            }
            Ticket ticket = all.get(ticketsWithItems).ticket();
            missingItems.addAll(ItemLines.attach(connector, ticket, shape.affected(), run));
            run.note(connector, ticket, BuildTicket.Role.CHANGED);
            ticketsWithItems++;
        }
    }

    private TicketUpdate update(TicketRun run) throws ServiceNowException {
        Map<String, String> values = new LinkedHashMap<>(shape.values());
        if (run.life().mayHaveWritten()) {
            run.log(
                    "Jenkins was restarted while this step was at work: fields are compared and set right, but a work note"
                            + " may have arrived and is not sent again.");
            values.keySet().removeIf(TicketFields::isJournal);
        }
        boolean addsNote = workNote && !run.life().mayHaveWritten();
        return TicketUpdate.of(selection, values).withWorkNote(addsNote ? run.workNote() : null);
    }

    private void tell(TicketRun run, OpenConnector connector, UpdateOutcome outcome) {
        String reason = outcome.failure() == null ? "" : outcome.failure().sentence();
        if (!said.add(outcome.ticket().sysId() + outcome.state() + reason)) {
            return;
        }
        String link = outcome.isDone() ? " " + TicketLink.to(connector.link(), outcome.ticket()) : "";
        run.log(outcome.sentence() + link);
        outcome.report().lines().forEach(line -> run.log("  " + line));
    }

    private ServiceNowException failure() {
        try {
            updated.check();
            return null;
        } catch (ServiceNowException e) {
            return e;
        }
    }
}
