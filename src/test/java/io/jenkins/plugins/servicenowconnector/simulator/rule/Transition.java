package io.jenkins.plugins.servicenowconnector.simulator.rule;

import java.util.Map;

/**
 * One way from a state to another.
 *
 * @param isAutomatic whether only the instance itself takes it
 * @param conditions each condition's name, with whether it holds now
 */
public record Transition(ChangeState from, ChangeState to, boolean isAutomatic, Map<String, Boolean> conditions) {

    /** Whether every condition holds. */
    public boolean isAvailable() {
        return conditions.values().stream().allMatch(Boolean::booleanValue);
    }
}
