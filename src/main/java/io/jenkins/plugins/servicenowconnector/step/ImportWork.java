package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.ImportRows;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.ImportSets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.imports.Imported;
import java.util.ArrayList;

/** Imports rows, each of them once: it waits out what keeps a row from being sent, and ends with one that is in doubt. */
final class ImportWork implements TicketWork {

    private final ImportRows order;

    private Imported imported = Imported.NOTHING;

    ImportWork(ImportRows order) {
        this.order = order;
    }

    @Override
    public ConnectorUse use(ConnectorUse use) {
        return use.on(order.stagingTable(), Operation.IMPORT);
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
        try {
            imported.check();
            return null;
        } catch (ServiceNowException e) {
            return e;
        }
    }

    @Override
    public Turn go(TicketRun run, OpenConnector connector) throws ServiceNowException, InterruptedException {
        imported = new ImportSets(connector.instance())
                .run(order, imported, each -> run.log(each.sentence()), run::isTimeUp);
        if (imported.mayGoOn()) {
            throw imported.failure();
        }
        imported.check();
        ArrayList<Object> result = new ArrayList<>();
        imported.outcomes().forEach(each -> result.add(each.asMap(connector.link())));
        return new Turn.Result(result);
    }
}
