package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Does a step's work turn by turn until it is done or its time is over; who calls it lets the time between two turns pass.
 *
 * <p>For Pipelines and freestyle jobs alike.
 */
public final class TicketTurns {

    private static final Duration AGENT_RETRY = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final TicketStep step;
    private final TicketRun run;
    private final Instant deadline;
    private final TicketWork work;
    private volatile String lastReason = "";
    private OpenConnector connector;

    /**
     * @param step what is to be done
     * @param run on whose behalf
     * @param deadline when to give up
     * @throws ServiceNowException bad input, before any call
     */
    public TicketTurns(TicketStep step, TicketRun run, Instant deadline) throws ServiceNowException {
        this.step = step;
        this.run = run;
        this.deadline = deadline;
        this.work = step.begin(run.run().getParent());
    }

    /** Whether it may begin anew after Jenkins went down in the middle of it. */
    boolean isRepeatable() {
        return work.isRepeatable();
    }

    /** Why it is not done yet; empty if nothing has been said. */
    String lastReason() {
        return lastReason;
    }

    /**
     * Does what can be done now.
     *
     * @return the result, or when to call again
     * @throws ServiceNowException if there will be no result
     */
    public Turn next() throws ServiceNowException, IOException, InterruptedException {
        Turn turn;
        try {
            turn = work.go(run, connector());
        } catch (ServiceNowException e) {
            turn = again(e);
        }
        return turn instanceof Turn.Later later ? inTime(later) : turn;
    }

    /** A call that has not left is made again, and another one if the work has no harm of it. */
    private Turn.Later again(ServiceNowException failure) throws ServiceNowException {
        if (failure.kind() == Kind.NO_AGENT && !failure.mayHaveArrived()) {
            return new Turn.Later(Instant.now().plus(AGENT_RETRY), "Waiting for an agent: " + failure.getMessage());
        }
        boolean notSent = failure.kind() == Kind.RATE_LIMITED && !failure.mayHaveArrived();
        if (!failure.isPassing() || !notSent && !work.mayGoAgain()) {
            throw failure;
        }
        Duration pause = failure.retryAfter() == null ? RETRY : failure.retryAfter();
        return new Turn.Later(Instant.now().plus(pause), "Trying again: " + failure.getMessage());
    }

    private Turn.Later inTime(Turn.Later later) throws ServiceNowException {
        if (!Instant.now().isBefore(deadline)) {
            ServiceNowException end = work.outOfTime();
            throw end != null ? end : ServiceNowException.noAnswer(Kind.TIMEOUT, later.reason(), false, null);
        }
        if (!later.reason().isEmpty() && !later.reason().equals(lastReason)) {
            lastReason = later.reason();
            run.log(lastReason);
        }
        // the last turn comes with the deadline
        return later.at().isBefore(deadline) ? later : new Turn.Later(deadline, later.reason());
    }

    /** Opened once: the run's use of the credential is tracked once as well. */
    private OpenConnector connector() throws ServiceNowException {
        if (connector == null) {
            ConnectorUse use = step.use(work, run.run().getParent()).near(run.node());
            connector = Connectors.open(step.getConnector(), use, run.run()).until(run::isStopped);
        }
        return connector;
    }
}
