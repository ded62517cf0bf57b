package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Progress;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a person is told of a ticket that was created.
 *
 * @param step what asked for it
 * @param table its table
 * @param log takes each line
 */
record CreationLines(ServiceNowCreateStep step, String table, Consumer<String> log) {

    /** Tells where the ticket comes from, and what became of its fields. */
    void done(Progress.Done done, OpenConnector connector) {
        Created created = done.created();
        String named = TicketRun.named(created.ticket(), connector);
        log.accept(
                switch (done.how()) {
                    case CREATED -> "Created " + named + " in " + table;
                    case RECOVERED -> "Found " + named + ", which was created although its answer was lost";
                    case TAKEN_AGAIN -> "Found " + named + ", created by an earlier attempt; it is taken again";
                });
        created.report().lines().forEach(log);
        warnIfLost(done);
    }

    /** One that was taken again has been found, by whatever means. */
    private void warnIfLost(Progress.Done done) {
        if (!step.isDeduplicate() || done.how() == Progress.How.TAKEN_AGAIN || done.canBeFoundAgain()) {
            return;
        }
        log.accept("Warning: " + table
                + " keeps neither the sys_id nor the correlation_id that Jenkins chooses, so that"
                + " this ticket cannot be found again if an answer is lost"
                + (step.getOnceFor() == null ? "." : "; another build creates another one for the same onceFor."));
    }

    /** Tells of a request for approval. */
    static String requested(Ticket submitted) {
        return "Requested approval of " + submitted.number() + ", now in state '" + submitted.displayValue("state")
                + "'";
    }

    /**
     * Makes an error of what is missing, if that is wanted.
     *
     * @param missing the names of configuration items that are not attached
     */
    static void checkTaken(ServiceNowCreateStep step, Created created, List<String> missing)
            throws ServiceNowException {
        if (!step.isFailOnNotTaken()) {
            return;
        }
        ServiceNowException failure = created.report().failure(created.ticket());
        if (failure != null) {
            throw failure;
        }
        ItemLines.check(missing);
    }
}
