package io.jenkins.plugins.servicenowconnector.testing;

import jenkins.agents.ControllerToAgentCallable;

/** Asks a node for the process that it is. */
public record ProcessId() implements ControllerToAgentCallable<Long, RuntimeException> {

    @Override
    public Long call() {
        return ProcessHandle.current().pid();
    }
}
