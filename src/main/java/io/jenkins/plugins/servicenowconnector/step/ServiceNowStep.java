package io.jenkins.plugins.servicenowconnector.step;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundSetter;

/** What all our steps have in common: which connector, from which agents, for how long. */
public abstract class ServiceNowStep extends Step implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The longest time that Harness and we wait for anything. */
    private static final Duration LONGEST = Duration.ofDays(24).plusHours(20).plusMinutes(30);

    private String connector;
    private String agentLabel;
    private String timeout;

    /** The connector's id or name; null for the only one. */
    public String getConnector() {
        return connector;
    }

    @DataBoundSetter
    public void setConnector(String connector) {
        this.connector = Util.fixEmptyAndTrim(connector);
    }

    /** A label expression that the agents must match in addition to the connector's; null for none. */
    public String getAgentLabel() {
        return agentLabel;
    }

    @DataBoundSetter
    public void setAgentLabel(String agentLabel) {
        this.agentLabel = Util.fixEmptyAndTrim(agentLabel);
    }

    /** How long the step may take, such as {@code 10m}; null for the step's default. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    /** How long the step may take. */
    Duration timeoutOr(Duration usual) throws ServiceNowException {
        return timeout(timeout, usual);
    }

    /**
     * How long something may take.
     *
     * @param text such as {@code 10m}; null for the usual time
     * @throws ServiceNowException if it is no duration, or too long a one
     */
    public static Duration timeout(String text, Duration usual) throws ServiceNowException {
        if (text == null) {
            return usual;
        }
        Duration given = DurationText.parse("timeout", text);
        if (given.compareTo(LONGEST) > 0) {
            throw ServiceNowException.badInput(
                    "timeout", "is longer than " + DurationText.format(LONGEST) + ", the longest time there is.");
        }
        return given;
    }

    /** What the descriptors of our steps have in common. */
    public abstract static class ServiceNowStepDescriptor extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
