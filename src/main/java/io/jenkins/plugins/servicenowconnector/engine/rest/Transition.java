package io.jenkins.plugins.servicenowconnector.engine.rest;

import java.util.List;

/**
 * A move of a change from one state to another, as its model allows it.
 *
 * @param name the move's name, such as {@code New to Assess}
 * @param toState the stored value of the state it leads to
 * @param available whether it can be made now
 * @param automatic whether ServiceNow makes it by itself
 * @param unmet the names of the conditions that do not hold yet
 */
public record Transition(String name, String toState, boolean available, boolean automatic, List<String> unmet) {

    public Transition {
        unmet = List.copyOf(unmet);
    }
}
