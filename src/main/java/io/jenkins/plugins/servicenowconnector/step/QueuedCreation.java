package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Cause;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Submission;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateOnce;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState.Stage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.OriginBuild;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.Shape;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketShaper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Creates the ticket of something that has no build yet: what {@link ServiceNowCreateStep} asks for, once. */
public final class QueuedCreation {

    private final ServiceNowCreateStep step;
    private final Job<?, ?> job;
    private final Item place;
    private final String connector;
    private final TicketRequest checked;

    private Shape shape;
    private CreateOnce creation;
    private final List<String> lines = new ArrayList<>();

    /** What was created, as it was answered; null until then. */
    private Created created;

    private Ticket ticket;

    /** The configuration items that are not attached; null until that was tried. */
    private List<String> missing;

    /**
     * Refuses what is wrong with the parameters before any call.
     *
     * @param step what to create
     * @param connector the id or name of the connector, whatever the step says; null for the default
     * @param place whose connector and default fields count: the job, or a folder above it
     * @param job on whose behalf
     */
    public QueuedCreation(ServiceNowCreateStep step, String connector, Item place, Job<?, ?> job)
            throws ServiceNowException {
        this.step = step;
        this.job = job;
        this.place = place;
        this.connector = connector;
        this.checked = step.checked(Connectors.find(connector, place, job));
        Connectors.find(connector, use());
    }

    /** The table of the ticket. */
    public String table() {
        return checked.table();
    }

    /**
     * Where the creation begins.
     *
     * @param id what tells it from all others
     * @param earlier whether an earlier life of Jenkins may have begun it, so that its ticket is looked for first
     */
    public CreateState begin(String id, boolean earlier) {
        Identity identity = identity(id);
        return earlier ? CreateState.perhaps(identity) : CreateState.first(identity);
    }

    private Identity identity(String id) {
        String jenkins = Jenkins.get().getLegacyInstanceId();
        if (!step.isDeduplicate()) {
            return Identity.none();
        }
        if (step.getOnceFor() != null) {
            return Identity.onceFor(jenkins, job.getFullName(), step.getOnceFor());
        }
        OriginBuild nobody = new OriginBuild(jenkins, job.getFullName(), 0, 0);
        return Identity.ofStep(nobody, new StepKey("queued " + id), checked.table(), checked.said());
    }

    /**
     * Makes the calls that are due now.
     *
     * @param state how far it has come; looked at in the first turn only
     * @param store puts the next state on disk before anything is sent
     * @param starter who has started it; null for nobody
     * @param note what Jenkins says about itself in the work notes
     * @return with a null result if the ticket is there
     * @throws ServiceNowException if this turn has failed; a passing failure may be met by another turn
     */
    public Turn go(CreateState state, CreateOnce.Store store, Cause.UserIdCause starter, String note)
            throws ServiceNowException, IOException, InterruptedException {
        // as it is now: somebody may have put it right
        OpenConnector open = Connectors.open(connector, use(), null);
        boolean hasItems =
                step.getAffectedItems() != null && !step.getAffectedItems().isEmpty();
        // both may still be open, and take all that the ticket was made of
        boolean isDone = state.stage() == Stage.DONE && !hasItems && !step.isFailOnNotTaken();
        if (creation == null && isDone) {
            return goOn(state, open);
        }
        if (creation == null || created == null && !CreateWork.goesOn(creation, open)) {
            TicketRequest request = step.request(checked, place, TicketRun.starter(starter), note);
            shape = new TicketShaper(open.instance()).shape(request, Instant.now());
            lines.addAll(shape.lines());
            creation = new CreateOnce(
                    open.instance(),
                    shape.ticket(),
                    open.marking(),
                    SharedCreations.get().knowing(state, open, shape.table()),
                    store,
                    SharedCreations.get().claims(),
                    InstantSource.system());
            creation = step.getOnceFor() == null ? creation : SharedCreations.afterEarlierLife(creation, job);
        }
        if (created == null) {
            Progress progress = creation.advance();
            if (progress instanceof Progress.Again again) {
                return new Turn.Later(again.at(), again.reason());
            }
            done((Progress.Done) progress, open);
        }
        return complete(open);
    }

    private void done(Progress.Done done, OpenConnector open) {
        created = done.created();
        ticket = created.ticket();
        SharedCreations.get().learn(open, shape.table(), done);
        new CreationLines(step, shape.table(), lines::add).done(done, open);
    }

    /** An earlier life of Jenkins has created it: what it was made of may have changed meanwhile, and matters no more. */
    private Turn goOn(CreateState done, OpenConnector open) throws ServiceNowException, InterruptedException {
        TicketKey key = TicketKey.sysId("sys_id", done.ticket());
        ticket = new Tickets(open.instance()).get(checked.table(), key, List.of());
        if (step.isRequestApproval()) {
            ticket = new Submission(open.instance()).requestApproval(ticket);
        }
        return new Turn.Result(null);
    }

    private Turn complete(OpenConnector open) throws ServiceNowException, InterruptedException {
        if (missing == null) {
            missing = ItemLines.attach(open, ticket, shape.affected(), lines::add);
        }
        CreationLines.checkTaken(step, created, missing);
        if (step.isRequestApproval()) {
            TicketKey key = TicketKey.sysId("sys_id", ticket.sysId());
            // an earlier turn may have moved it on although its answer was lost
            Ticket now = new Tickets(open.instance())
                    .get(ticket.table(), key, ticket.fields().keySet());
            ticket = new Submission(open.instance()).requestApproval(now);
            lines.add(CreationLines.requested(ticket));
        }
        return new Turn.Result(null);
    }

    /** What a person should know about how the ticket came about: the lines that a step's log has. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The ticket as it was last seen; null until it is created. */
    public Ticket ticket() {
        return ticket;
    }

    /** What to end with when there is no time to go on. */
    public ServiceNowException outOfTime() {
        return creation == null || created != null ? null : creation.outOfTime();
    }

    private ConnectorUse use() {
        return new CreateWork(step, checked).use(ConnectorUse.by(job, place).from(step.getAgentLabel()));
    }
}
