package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSearch;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.DeploymentReport;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.WorkNotes;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells tickets how the deployment went, in one work note each. A note that may have arrived is not sent again. */
final class ReportWork implements TicketWork {

    private final TicketSelection selection;
    private final String table;
    private final String result;

    /**
     * @param selection the ticket; null for all that the build created or was gated by
     * @param table their table; null for any
     * @param result what came of the deployment; null for the build's result so far
     */
    ReportWork(TicketSelection selection, String table, String result) {
        this.selection = selection;
        this.table = table;
        this.result = result;
    }

    @Override
    public ConnectorUse use(ConnectorUse use) {
        return use.on(table, Operation.UPDATE);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public Turn go(TicketRun run, OpenConnector connector) throws ServiceNowException, InterruptedException {
        List<Ticket> tickets = tickets(run, connector);
        if (tickets.isEmpty()) {
            run.log("There is no ticket to report to: this build has created none through " + connector.name()
                    + " and waited for none.");
            return new Turn.Result(null);
        }
        DeploymentReport report = BuildReport.of(run.run(), result);
        ServiceNowException failure = null;
        for (UpdateOutcome outcome :
                new WorkNotes(connector.instance()).add(tickets, report.text()).outcomes()) {
            run.log(
                    outcome.isDone()
                            ? "Reported to " + TicketRun.named(outcome.ticket(), connector)
                            : outcome.sentence());
            boolean mayHaveArrived = outcome.state() == UpdateOutcome.State.UNKNOWN;
            failure = outcome.isDone() || mayHaveArrived ? failure : outcome.failure();
        }
        if (failure != null) {
            throw failure;
        }
        return new Turn.Result(null);
    }

    private List<Ticket> tickets(TicketRun run, OpenConnector connector)
            throws ServiceNowException, InterruptedException {
        if (selection != null) {
            return new TicketSearch(connector.instance())
                    .read(selection, List.of())
                    .tickets();
        }
        List<Ticket> tickets = new ArrayList<>();
        for (BuildTicket each : BuildTickets.of(run.run()).getTickets()) {
            boolean isMeant = each.getRole() != BuildTicket.Role.CHANGED
                    && each.getConnector().equals(connector.reference())
                    && (table == null || table.equals(each.getTable()));
            if (isMeant) {
                tickets.add(new Ticket(each.getTable(), each.getSysId(), each.getNumber(), Map.of()));
            }
        }
        return tickets;
    }
}
