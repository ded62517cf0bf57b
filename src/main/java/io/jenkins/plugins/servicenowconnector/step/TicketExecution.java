package io.jenkins.plugins.servicenowconnector.step;

import hudson.FilePath;
import hudson.model.Node;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The life of a step that does one thing with tickets. */
final class TicketExecution extends ServiceNowExecution implements StepLife {

    @Serial
    private static final long serialVersionUID = 1L;

    private final TicketStep step;
    private final long deadlineMillis;

    /** Whether something may have been written that must not be written twice. */
    private volatile boolean begun;

    private transient volatile boolean resumed;
    private transient volatile boolean begunBefore;
    private transient volatile TicketTurns turns;

    /** Ends the step in time although its connector's other calls leave it no turn. */
    private transient volatile Future<?> alarm;

    /** Whether its first turn has come, or will not come any more. */
    private transient boolean claimed;

    TicketExecution(StepContext context, TicketStep step, Instant deadline) {
        super(context);
        this.step = step;
        this.deadlineMillis = deadline.toEpochMilli();
    }

    @Override
    public boolean start() {
        long left = Math.max(deadlineMillis - System.currentTimeMillis(), 0);
        alarm = Timer.get().schedule(this::giveUp, left, TimeUnit.MILLISECONDS);
        inBackground(ConnectorLane.STEPS, step.getConnector(), this::turn);
        return false;
    }

    /** It has its turn even after its deadline: what began before the restart is looked for all the same. */
    @Override
    public void onResume() {
        resumed = true;
        begunBefore = begun;
        inBackground(ConnectorLane.STEPS, step.getConnector(), this::turn);
    }

    private void turn() throws ServiceNowException, IOException, InterruptedException {
        boolean isFirst = turns == null;
        if (isFirst && alarm != null) {
            alarm.cancel(false);
        }
        if (isFirst && !claim() || isOver()) {
            // given up or stopped before its turn came: nothing is sent
            return;
        }
        if (isFirst) {
            turns = new TicketTurns(step, ticketRun());
        }
        Turn turn = turns.next();
        if (turn instanceof Turn.Later later) {
            long delay = Math.max(Duration.between(Instant.now(), later.at()).toMillis(), 0);
            later(ConnectorLane.STEPS, step.getConnector(), this::turn, delay);
        } else if (turn instanceof Turn.Result result) {
            succeed(result.value());
        }
    }

    private synchronized boolean claim() {
        boolean isFree = !claimed;
        claimed = true;
        return isFree;
    }

    private void giveUp() {
        if (claim()) {
            fail(readable(ServiceNowException.noAnswer(
                    Kind.TIMEOUT,
                    "Its turn did not come within the step's timeout: the connector's other calls took too long, and it"
                            + " makes only so many at one moment.",
                    false,
                    null)));
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
                this);
    }

    @Override
    public Instant deadline() {
        return Instant.ofEpochMilli(deadlineMillis);
    }

    @Override
    public boolean isStopped() {
        return isOver();
    }

    @Override
    public boolean isResumed() {
        return resumed;
    }

    @Override
    public boolean mayHaveWritten() {
        return begunBefore;
    }

    @Override
    public void mark(boolean isWriting) throws InterruptedException {
        if (begunBefore || begun == isWriting) {
            return;
        }
        begun = isWriting;
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
