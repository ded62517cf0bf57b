package io.jenkins.plugins.servicenowconnector.step;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The life of a step that does one thing with tickets. */
final class TicketExecution extends ServiceNowExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private final TicketStep step;
    private final long deadlineMillis;

    /** Whether work that must not begin twice has begun. */
    private volatile boolean begun;

    private transient volatile boolean again;
    private transient volatile TicketTurns turns;

    TicketExecution(StepContext context, TicketStep step, Instant deadline) {
        super(context);
        this.step = step;
        this.deadlineMillis = deadline.toEpochMilli();
    }

    @Override
    public boolean start() {
        inBackground(ConnectorLane.STEPS, step.getConnector(), this::turn);
        return false;
    }

    @Override
    public void onResume() {
        again = true;
        inBackground(ConnectorLane.STEPS, step.getConnector(), this::turn);
    }

    private void turn() throws ServiceNowException, IOException, InterruptedException {
        if (isOver()) {
            // stopped before its turn came: nothing is sent
            return;
        }
        if (turns == null) {
            checkTurn();
            turns = new TicketTurns(step, ticketRun(), Instant.ofEpochMilli(deadlineMillis));
            if (!turns.isRepeatable()) {
                beginOnce();
            }
        }
        Turn turn = turns.next();
        if (turn instanceof Turn.Later later) {
            long delay = Math.max(Duration.between(Instant.now(), later.at()).toMillis(), 0);
            later(ConnectorLane.STEPS, step.getConnector(), this::turn, delay);
        } else if (turn instanceof Turn.Result result) {
            succeed(result.value());
        }
    }

    /** A turn that comes too late begins nothing; what began before a restart is looked for all the same. */
    private void checkTurn() throws ServiceNowException {
        if (!again && !Instant.now().isBefore(Instant.ofEpochMilli(deadlineMillis))) {
            throw ServiceNowException.noAnswer(
                    Kind.TIMEOUT,
                    "Its turn did not come within the step's timeout: the connector's other calls took too long, and it"
                            + " makes only so many at one moment.",
                    false,
                    null);
        }
    }

    private TicketRun ticketRun() throws IOException, InterruptedException {
        FlowNode place = getContext().get(FlowNode.class);
        return new TicketRun(
                run(),
                this::console,
                getContext().get(Node.class),
                getContext().get(FilePath.class),
                () -> place == null ? StepKey.OUTERMOST : StepPlace.of(place),
                place == null ? "" : place.getId(),
                again,
                this::isOver);
    }

    /** What must not be sent twice is marked on disk before it is sent. */
    private void beginOnce() throws ServiceNowException, InterruptedException {
        if (begun) {
            throw new ServiceNowException(
                    Kind.OUTCOME_UNKNOWN,
                    "Jenkins was restarted while this step was at work. What it sent may have arrived, so it is not sent"
                            + " again; look in ServiceNow before you run this once more.",
                    Facts.NONE);
        }
        begun = true;
        try {
            getContext().saveState().get(1, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Pipeline could not store the step's state", e);
        }
    }

    @Override
    public String getStatus() {
        TicketTurns current = turns;
        String reason = current == null ? "" : current.lastReason();
        return reason.isEmpty() ? "calling ServiceNow" : reason;
    }
}
