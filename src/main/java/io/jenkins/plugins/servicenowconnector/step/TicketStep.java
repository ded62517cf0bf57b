package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** A step that does one thing with tickets and ends; a concrete one is its parameters and its work. */
public abstract class TicketStep extends ServiceNowStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

    /**
     * What is to be done, checked as far as that goes without a call.
     *
     * @param connector the connector that the job means
     * @throws ServiceNowException bad input that names the parameter
     */
    protected abstract TicketWork work(FoundConnector connector) throws ServiceNowException;

    @Override
    public StepExecution start(StepContext context) throws Exception {
        try {
            begin(context.get(Run.class).getParent());
            return new TicketExecution(context, this, deadline());
        } catch (ServiceNowException e) {
            throw ServiceNowExecution.readable(e);
        }
    }

    /** When to give up, counted from now. */
    public Instant deadline() throws ServiceNowException {
        return Instant.now().plus(timeoutOr(USUAL_TIMEOUT));
    }

    /**
     * Begins the work, and refuses what is wrong with it before any call.
     *
     * @param job on whose behalf
     */
    public TicketWork begin(Job<?, ?> job) throws ServiceNowException {
        TicketWork work = work(Connectors.find(getConnector(), place(job), job));
        Connectors.find(getConnector(), use(work, job));
        return work;
    }

    /** What the connector is needed for. */
    public ConnectorUse use(TicketWork work, Job<?, ?> job) {
        return work.use(ConnectorUse.by(job, place(job)).from(getAgentLabel()));
    }

    /** From where upwards the connector is looked for: the job, or a folder that asks on its behalf. */
    protected Item place(Job<?, ?> job) {
        return job;
    }
}
