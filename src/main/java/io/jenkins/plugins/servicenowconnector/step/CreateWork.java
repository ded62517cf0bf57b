package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Submission;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateOnce;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Shape;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketShaper;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Creates one ticket once: looks up what it is made of, sends it, attaches its items, and requests its approval. */
final class CreateWork implements TicketWork {

    private final ServiceNowCreateStep step;
    private final TicketRequest checked;
    private final Creations creations;

    private Shape shape;
    private CreateOnce creation;
    private Created created;
    private boolean itemsDone;

    /** Whether what is known of the ticket may be old, because a request for approval has failed. */
    private boolean stale;

    CreateWork(ServiceNowCreateStep step, TicketRequest checked) {
        this.step = step;
        this.checked = checked;
        this.creations = new Creations(step, checked);
    }

    @Override
    public ConnectorUse use(ConnectorUse use) {
        return step.isRequestApproval()
                ? use.on(checked.table(), Operation.CREATE, Operation.UPDATE)
                : use.on(checked.table(), Operation.CREATE);
    }

    @Override
    public ServiceNowException outOfTime() {
        return creation == null || created != null ? null : creation.outOfTime();
    }

    @Override
    public Turn go(TicketRun run, OpenConnector connector)
            throws ServiceNowException, IOException, InterruptedException {
        if (creation == null || created == null && !goesOn(creation, connector)) {
            shape = shape(run, connector);
            shape.lines().forEach(run::log);
            creation = creations.begin(run, connector, shape.ticket());
        }
        if (created == null) {
            Progress progress = creation.advance();
            if (progress instanceof Progress.Again again) {
                return new Turn.Later(again.at(), again.reason());
            }
            done((Progress.Done) progress, run, connector);
        }
        if (run.isStopped()) {
            return new Turn.Result(null);
        }
        List<String> missing = List.of();
        if (!itemsDone) {
            missing = ItemLines.attach(connector, created.ticket(), shape.affected(), run);
            itemsDone = true;
        }
        // nobody is asked about a ticket that the step fails over
        CreationLines.checkTaken(step, created, missing);
        Ticket ticket = step.isRequestApproval() ? submit(run, connector) : created.ticket();
        return new Turn.Result(TicketResult.of(ticket, connector));
    }

    private Shape shape(TicketRun run, OpenConnector connector) throws ServiceNowException, InterruptedException {
        TicketRequest request = step.request(checked, run);
        return isOnlyRead(run, request)
                ? request.asGiven()
                : new TicketShaper(connector.instance()).shape(request, Instant.now());
    }

    /** An earlier life of Jenkins has created it: what it was made of may have changed meanwhile, and matters no more. */
    private boolean isOnlyRead(TicketRun run, TicketRequest request) {
        boolean isOpen = step.isFailOnNotTaken() || !request.affectedItems().isEmpty();
        boolean hasTemplate = request.formTemplate() != null || request.changeTemplate() != null;
        return !isOpen && !hasTemplate && creations.isDone(run);
    }

    /** Whether a creation can go on through the connector as it is now; what is in doubt on another instance stays there. */
    static boolean goesOn(CreateOnce creation, OpenConnector connector) {
        return creation.through(connector.instance()) || creation.isInDoubt();
    }

    private void done(Progress.Done done, TicketRun run, OpenConnector connector) throws IOException {
        created = done.created();
        creations.learn(connector, checked.table(), done);
        new CreationLines(step, checked.table(), run::log).done(done, connector);
        run.note(connector, created.ticket(), BuildTicket.Role.CREATED);
    }

    private Ticket submit(TicketRun run, OpenConnector connector)
            throws ServiceNowException, IOException, InterruptedException {
        Ticket ticket = created.ticket();
        if (stale) {
            ticket = new Tickets(connector.instance())
                    .get(
                            ticket.table(),
                            TicketKey.sysId("sys_id", ticket.sysId()),
                            ticket.fields().keySet());
        }
        stale = true;
        Ticket submitted = new Submission(connector.instance()).requestApproval(ticket);
        run.log(CreationLines.requested(submitted));
        run.note(connector, submitted, BuildTicket.Role.CREATED);
        return submitted;
    }
}
