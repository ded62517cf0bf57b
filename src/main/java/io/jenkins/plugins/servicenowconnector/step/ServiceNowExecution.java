package io.jenkins.plugins.servicenowconnector.step;

import hudson.AbortException;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.IOException;
import java.io.Serial;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** The life of one of our steps: its work is done off Pipeline's thread, and it ends once. */
abstract class ServiceNowExecution extends StepExecution {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(ServiceNowExecution.class.getName());

    /** Not stored: Pipeline does not store the end of a step either, so that after a restart a step has to end again. */
    private transient boolean over;

    ServiceNowExecution(StepContext context) {
        super(context);
    }

    /** Does what the step is for, on a thread that may wait. */
    interface Work {
        void run() throws ServiceNowException, IOException, InterruptedException;
    }

    /**
     * Begins work on a thread of our own; a failure ends the step.
     *
     * @param kind what kind of work it is
     * @param connector the connector that the step names; null for the default
     */
    void inBackground(ConnectorLane kind, String connector, Work work) {
        later(kind, connector, work, 0);
    }

    /** The same after some milliseconds. */
    void later(ConnectorLane kind, String connector, Work work, long delayMillis) {
        CallLane lane = kind.of(connector, job());
        CallThreads.get().runLater(lane, () -> attempt(work), delayMillis, TimeUnit.MILLISECONDS);
    }

    /** The job that the step belongs to; null if it is gone. */
    private Job<?, ?> job() {
        try {
            return run().getParent();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the build is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** Does the work here, which must be a thread of our own; a failure ends the step. */
    void attempt(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            // Jenkins is going down: the step resumes with it
            Thread.currentThread().interrupt();
        } catch (ServiceNowException e) {
            fail(readable(e));
        } catch (IOException | RuntimeException | Error e) {
            if (CallThreads.areEnding()) {
                LOGGER.log(Level.FINE, "Jenkins is going down: the step resumes with it", e);
            } else {
                // also after an error, or nobody would ever end the step
                fail(e);
            }
            if (e instanceof VirtualMachineError broken) {
                throw broken;
            }
        }
    }

    /** A user's error is one clear line in the log, without a stack trace. */
    static AbortException readable(ServiceNowException failure) {
        AbortException line = new AbortException(failure.getMessage());
        line.initCause(failure);
        return line;
    }

    /** Whether the step has ended, for whatever reason. */
    synchronized boolean isOver() {
        return over;
    }

    /** Takes note that the step has ended; false if it has ended before. */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    void succeed(Object result) {
        if (end()) {
            getContext().onSuccess(result);
        }
    }

    /** Ends the step with a failure; false if it had ended before. */
    boolean fail(Throwable failure) {
        if (!end()) {
            return false;
        }
        getContext().onFailure(failure);
        return true;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        fail(cause);
    }

    /** The run that the step belongs to. */
    Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    /** Writes a line to the build's log; if the build is gone, nobody reads it. */
    void console(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println(line);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the build's log is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
