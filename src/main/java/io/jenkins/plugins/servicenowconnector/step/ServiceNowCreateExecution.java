package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Node;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.Operation;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Created;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Submission;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Creates a ticket: one request where all goes well.
 *
 * <p>Before the request leaves, the text by which the ticket can be found again is on disk; so a restart in between looks for it
 * instead of creating a second one.
 */
final class ServiceNowCreateExecution extends ServiceNowExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final long AGENT_RETRY_SECONDS = 5;

    private final ServiceNowCreateStep step;
    private final long deadlineMillis;
    private final String correlationId =
            "jenkins-" + UUID.randomUUID().toString().replace("-", "");

    /** Whether the request may have left: from then on, look before creating. */
    private volatile boolean sent;

    private volatile Ticket ticket;
    private transient boolean toldOfAgent;

    ServiceNowCreateExecution(StepContext context, ServiceNowCreateStep step, Instant deadline)
            throws ServiceNowException, IOException, InterruptedException {
        super(context);
        this.step = step;
        this.deadlineMillis = deadline.toEpochMilli();
        Connectors.find(step.getConnector(), use());
        order();
    }

    @Override
    public boolean start() {
        inBackground(this::work);
        return false;
    }

    @Override
    public void onResume() {
        inBackground(this::work);
    }

    private void work() throws ServiceNowException, IOException, InterruptedException {
        try {
            if (isOver()) {
                // stopped before its turn came: nothing is created
                return;
            }
            OpenConnector connector = Connectors.open(step.getConnector(), use(), run());
            if (ticket == null) {
                ticket = sent ? findAgain(connector) : create(connector);
                store();
            }
            if (isOver()) {
                // stopped in the meantime: the ticket is in the log, nobody asks for its approval
                return;
            }
            Ticket done = step.isRequestApproval() ? submit(connector) : ticket;
            succeed(TicketResult.of(done, connector));
        } catch (ServiceNowException e) {
            if (e.kind() != Kind.NO_AGENT || System.currentTimeMillis() >= deadlineMillis) {
                throw e;
            }
            waitForAgent(e);
        }
    }

    private ConnectorUse use() throws ServiceNowException, IOException, InterruptedException {
        Operation[] operations = step.isRequestApproval()
                ? new Operation[] {Operation.CREATE, Operation.UPDATE}
                : new Operation[] {Operation.CREATE};
        return ConnectorUse.by(run().getParent())
                .on(step.order(Map.of()).table(), operations)
                .from(step.getAgentLabel())
                .near(getContext().get(Node.class));
    }

    /** What is to be created: what the step says, and what the connector adds to that. */
    private NewTicket order() throws ServiceNowException, IOException, InterruptedException {
        String table = step.order(Map.of()).table();
        return step.order(
                Connectors.find(step.getConnector(), run().getParent()).defaultFields(table));
    }

    private Ticket create(OpenConnector connector) throws ServiceNowException, IOException, InterruptedException {
        NewTicket order = order();
        sent = true;
        store();
        try {
            Created created = new Tickets(connector.instance()).create(order, correlationId);
            console("Created " + named(created.ticket(), connector) + " in " + order.table());
            created.notTaken()
                    .forEach(field -> console("Warning: ServiceNow did not take " + field
                            + " as sent; the account may lack the right to set it, the value may not be among its"
                            + " choices, or a rule changed it."));
            return created.ticket();
        } catch (ServiceNowException e) {
            sent = e.mayHaveArrived();
            if (!sent) {
                // nothing has left: after a crash the ticket is created, not looked for in vain
                store();
            }
            throw e;
        }
    }

    private Ticket findAgain(OpenConnector connector) throws ServiceNowException, InterruptedException {
        String table = step.order(Map.of()).table();
        Ticket found = new Tickets(connector.instance()).findByCorrelation(table, correlationId);
        if (found == null) {
            throw new ServiceNowException(
                    Kind.OUTCOME_UNKNOWN,
                    "Jenkins was restarted while the ticket was being created, and none with correlation_id="
                            + correlationId + " is in " + table
                            + " now. It may still come; look there before you run this again.",
                    Facts.NONE);
        }
        console("Found " + named(found, connector) + ", created before the restart");
        return found;
    }

    private Ticket submit(OpenConnector connector) throws ServiceNowException, InterruptedException {
        Ticket submitted = new Submission(connector.instance()).requestApproval(ticket);
        console("Requested approval of " + submitted.number() + ", now in state '" + submitted.displayValue("state")
                + "'");
        return submitted;
    }

    private void waitForAgent(ServiceNowException failure) {
        if (!toldOfAgent) {
            toldOfAgent = true;
            console("Waiting for an agent: " + failure.getMessage());
        }
        CallThreads.get()
                .runLater(
                        () -> {
                            if (!isOver()) {
                                attempt(this::work);
                            }
                        },
                        AGENT_RETRY_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** Waits until Pipeline has stored this execution. */
    private void store() throws InterruptedException {
        try {
            getContext().saveState().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Pipeline could not store the step's state", e);
        }
    }

    private static String named(Ticket ticket, OpenConnector connector) {
        return ticket.number() + " " + TicketLink.to(connector.link(), ticket);
    }

    @Override
    public String getStatus() {
        return ticket == null ? "creating a ticket" : "created " + ticket.number();
    }
}
