package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Changes tickets: looks up what is meant, writes what differs, and goes on with what failed for a while. */
final class UpdateWork implements TicketWork {

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final TicketSelection selection;
    private final TicketRequest request;
    private final boolean workNote;
    private final boolean failOnNotTaken;

    private Shape shape;
    private TicketUpdate update;
    private Updated updated;

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

    /** Whoever gives journal entries would find them twice; all else is compared before it is written. */
    @Override
    public boolean isRepeatable() {
        return !request.hasJournal();
    }

    /** All that it throws comes before the first write. */
    @Override
    public boolean mayGoAgain() {
        return updated == null;
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
            update = TicketUpdate.of(selection, shape.values()).withWorkNote(workNote ? run.workNote() : null);
        }
        updated = new TicketUpdates(connector.instance())
                .run(updated == null ? update : update.after(updated), outcome -> tell(run, outcome));
        if (updated.mayBeRunAgain()) {
            return new Turn.Later(
                    Instant.now().plus(RETRY),
                    "Trying the rest again: " + failure().sentence());
        }
        updated.check();
        List<String> missing = new ArrayList<>();
        for (UpdateOutcome each : updated.outcomes()) {
            missing.addAll(ItemLines.attach(connector, each.ticket(), shape.affected(), run));
            run.note(connector, each.ticket(), BuildTicket.Role.CHANGED);
        }
        if (failOnNotTaken) {
            updated.checkTaken();
            ItemLines.check(missing);
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

    private static void tell(TicketRun run, UpdateOutcome outcome) {
        run.log(outcome.sentence());
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
