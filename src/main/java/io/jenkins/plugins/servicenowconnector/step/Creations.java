package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateOnce;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.OriginBuild;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.TicketRequest;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import jenkins.model.Jenkins;

/** Says which ticket an attempt to create one means, and where it goes on: at the beginning, or after what was left before. */
final class Creations {

    private final SharedCreations shared = SharedCreations.get();
    private final ServiceNowCreateStep step;
    private final TicketRequest request;

    Creations(ServiceNowCreateStep step, TicketRequest request) {
        this.step = step;
        this.request = request;
    }

    /** Begins or goes on with the creation of a ticket. */
    CreateOnce begin(TicketRun run, OpenConnector connector, NewTicket ticket) {
        StepKey place = run.key().get();
        CreateState state = shared.knowing(state(run, connector, place), connector, ticket.table());
        CreateOnce creation = new CreateOnce(
                connector.instance(),
                ticket,
                connector.marking(),
                state,
                next -> save(run, connector, next),
                shared.claims(),
                InstantSource.system());
        return step.getOnceFor() == null
                ? creation
                : SharedCreations.afterEarlierLife(creation, run.run().getParent());
    }

    /** A step that was stopped notes the ticket that it has got, and nothing else: another attempt may have gone on since. */
    private static void save(TicketRun run, OpenConnector connector, CreateState next) throws IOException {
        BuildTickets kept = BuildTickets.of(run.run());
        if (run.isStopped()) {
            if (next.isOpen()) {
                throw new IOException("The step was stopped before its ticket was sent.");
            }
            CreateState latest = kept.byIdentity(next.identity().text(), connector.reference());
            boolean isOvertaken = latest != null && latest.number() > next.number();
            if (next.stage() != CreateState.Stage.DONE || isOvertaken) {
                return;
            }
        }
        if (next.stage() == CreateState.Stage.DONE && !run.isStopped()) {
            // stored at once with the ticket's note, which is next: until then the disk says that it was sent, which
            // leads to the same ticket
            kept.note(run.attempt(), connector.reference(), next);
        } else {
            kept.save(run.attempt(), connector.reference(), next);
        }
    }

    /** Remembers what a table keeps of what is sent to find a ticket again. */
    void learn(OpenConnector connector, String table, Progress.Done done) {
        shared.learn(connector, table, done);
    }

    /** Whether this attempt had its ticket before Jenkins was restarted. */
    boolean isDone(TicketRun run) {
        CreateState own = own(run);
        return own != null && own.stage() == CreateState.Stage.DONE;
    }

    private static CreateState own(TicketRun run) {
        return run.again() ? BuildTickets.of(run.run()).latest(run.attempt()) : null;
    }

    private CreateState state(TicketRun run, OpenConnector connector, StepKey place) {
        CreateState own = own(run);
        if (own != null) {
            return own;
        }
        List<Run<?, ?>> line = OriginRun.line(run.run());
        Identity identity = identity(line.get(line.size() - 1), place);
        boolean isKnownElsewhere = false;
        for (Run<?, ?> each : line) {
            BuildTickets noted = each.getAction(BuildTickets.class);
            CreateState known = noted == null ? null : noted.byIdentity(identity.text(), connector.reference());
            if (known != null) {
                return known.anotherAttempt();
            }
            isKnownElsewhere |= noted != null && noted.knows(identity.text());
        }
        // an earlier run of the stage may have created it, even if its note is lost; two connectors may lead to one
        // instance
        return line.size() == 1 && !isKnownElsewhere ? CreateState.first(identity) : CreateState.perhaps(identity);
    }

    private Identity identity(Run<?, ?> origin, StepKey place) {
        if (!step.isDeduplicate()) {
            return Identity.none();
        }
        String jenkins = Jenkins.get().getLegacyInstanceId();
        Job<?, ?> job = origin.getParent();
        if (step.getOnceFor() != null) {
            return Identity.onceFor(jenkins, job.getFullName(), step.getOnceFor());
        }
        OriginBuild build =
                new OriginBuild(jenkins, job.getFullName(), origin.getNumber(), origin.getStartTimeInMillis());
        return Identity.ofStep(build, place, request.table(), request.said());
    }
}
