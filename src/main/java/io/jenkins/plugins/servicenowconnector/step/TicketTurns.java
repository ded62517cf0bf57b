package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
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
    private final TicketWork work;
    private final WriteMark mark;
    private volatile String lastReason = "";
    private Connector opened;
    private OpenConnector connector;

    /**
     * @param step what is to be done
     * @param run on whose behalf
     * @throws ServiceNowException bad input, before any call; or what may have been written before a restart of Jenkins and
     *     must not be written twice
     */
    public TicketTurns(TicketStep step, TicketRun run) throws ServiceNowException {
        this.step = step;
        this.run = run;
        this.work = step.begin(run.run().getParent());
        this.mark = new WriteMark(run.life());
        if (run.life().mayHaveWritten() && !work.isRepeatable()) {
            throw new ServiceNowException(
                    Kind.OUTCOME_UNKNOWN,
                    "Jenkins was restarted while this step was at work. What it sent may have arrived, so it is not sent"
                            + " again; look in ServiceNow before you run this once more.",
                    Facts.NONE);
        }
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
        } finally {
            mark.endTurn();
        }
        return turn instanceof Turn.Later later ? inTime(later) : turn;
    }

    /** What passes by itself is waited out. */
    private Turn.Later again(ServiceNowException failure) throws ServiceNowException {
        if (failure.kind() == Kind.NO_AGENT && !failure.mayHaveArrived()) {
            return new Turn.Later(Instant.now().plus(AGENT_RETRY), "Waiting for an agent: " + failure.getMessage());
        }
        if (!failure.isPassing()) {
            throw failure;
        }
        return new Turn.Later(Instant.now().plus(pause(failure)), "Trying again: " + failure.getMessage());
    }

    /** How long to leave ServiceNow alone after a failure that passes by itself. */
    static Duration pause(ServiceNowException failure) {
        return failure.retryAfter() == null ? RETRY : failure.retryAfter();
    }

    private Turn.Later inTime(Turn.Later later) throws ServiceNowException {
        if (run.isTimeUp()) {
            ServiceNowException end = work.outOfTime();
            throw end != null ? end : ServiceNowException.noAnswer(Kind.TIMEOUT, later.reason(), false, null);
        }
        if (!later.reason().isEmpty() && !later.reason().equals(lastReason)) {
            lastReason = later.reason();
            run.log(lastReason);
        }
        // the last turn comes with the deadline
        Instant deadline = run.life().deadline();
        return later.at().isBefore(deadline) ? later : new Turn.Later(deadline, later.reason());
    }

    /** Opened once, so that the run's use of the credential is tracked once, and anew if somebody has changed it since. */
    private OpenConnector connector() throws ServiceNowException {
        ConnectorUse use = step.use(work, run.run().getParent()).near(run.node());
        FoundConnector found = Connectors.find(step.getConnector(), use);
        if (opened != found.connector()) {
            opened = found.connector();
            connector = Connectors.open(found, use, run.run());
            connector = work.isMarked()
                    ? connector.through(calls -> mark.around(calls, () -> Connectors.checkAgent(found, use)))
                    : connector;
            connector = connector.until(run::isStopped);
        }
        return connector;
    }
}
