package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSearch;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.UpdateOutcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.Updated;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.WorkNotes;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Tells tickets how the deployment went, in one work note each. A note that may have arrived is not sent again. */
final class ReportWork implements TicketWork {

    private final TicketSelection selection;
    private final String table;
    private final String result;
    private final BiPredicate<BuildTicket, OpenConnector> meant;

    private List<Ticket> tickets;
    private Updated told = Updated.NOTHING;

    /**
     * @param selection the ticket; null for all that the build created or was gated by
     * @param table their table; null for any
     * @param result what came of the deployment; null for the build's result so far
     * @param meant which of the build's tickets, and through which connector
     */
    ReportWork(TicketSelection selection, String table, String result, BiPredicate<BuildTicket, OpenConnector> meant) {
        this.selection = selection;
        this.table = table;
        this.result = result;
        this.meant = meant;
    }

    @Override
    public ConnectorUse use(ConnectorUse use) {
        return use.on(table, Operation.UPDATE);
    }

    @Override
    public boolean isMarked() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public ServiceNowException outOfTime() {
        return failure();
    }

    @Override
    public Turn go(TicketRun run, OpenConnector connector) throws ServiceNowException, InterruptedException {
        tickets = tickets == null ? tickets(run, connector) : tickets;
        if (tickets.isEmpty()) {
            run.log("There is no ticket to report to: this build has created none through " + connector.name()
                    + " and waited for none.");
            return new Turn.Result(null);
        }
        String text = BuildReport.of(run.run(), result).text();
        Updated before = told;
        told = new WorkNotes(connector.instance()).add(tickets, text, before, run::isTimeUp);
        told.outcomes().stream()
                // what is tried again is told of when it is over
                .filter(each -> !each.isPassing() && !before.outcomes().contains(each))
                .forEach(each -> run.log(
                        each.isDone() ? "Reported to " + TicketRun.named(each.ticket(), connector) : each.sentence()));
        ServiceNowException delay = told.delay();
        ServiceNowException failure = delay == null ? failure() : delay;
        if (failure != null) {
            throw failure;
        }
        return new Turn.Result(null);
    }

    /** Why not all tickets were told; null if all were, or may have been. */
    private ServiceNowException failure() {
        List<UpdateOutcome> open = told.outcomes().stream()
                .filter(each -> !each.isDone() && each.state() != UpdateOutcome.State.UNKNOWN)
                .toList();
        if (open.isEmpty() || tickets.size() == 1) {
            return open.isEmpty() ? null : open.get(0).failure();
        }
        UpdateOutcome worst =
                open.stream().filter(each -> !each.isPassing()).findFirst().orElse(open.get(0));
        String sentences = open.stream().map(UpdateOutcome::sentence).collect(Collectors.joining(" "));
        return new ServiceNowException(
                worst.failure().kind(),
                open.size() + " of " + tickets.size() + " tickets were not told how it went. " + sentences,
                Facts.NONE);
    }

    private List<Ticket> tickets(TicketRun run, OpenConnector connector)
            throws ServiceNowException, InterruptedException {
        if (selection != null) {
            return new TicketSearch(connector.instance())
                    .read(selection, List.of(TicketFields.CLASS))
                    .tickets();
        }
        List<Ticket> tickets = new ArrayList<>();
        for (BuildTicket each : BuildTickets.of(run.run()).getTickets()) {
            boolean isMeant = each.getRole() != BuildTicket.Role.CHANGED
                    && meant.test(each, connector)
                    && (table == null || table.equals(each.getTable()));
            if (isMeant) {
                tickets.add(new Ticket(each.getTable(), each.getSysId(), each.getNumber(), Map.of()));
            }
        }
        return tickets;
    }
}
