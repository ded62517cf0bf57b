package io.jenkins.plugins.servicenowconnector.simulator.rule;

import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.ASSESS;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.AUTHORIZE;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.CLOSED;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.IMPLEMENT;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.NEW;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.REVIEW;
import static io.jenkins.plugins.servicenowconnector.simulator.rule.ChangeState.SCHEDULED;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The path that changes of one type take. */
public enum ChangeModel {
    NORMAL(NEW, ASSESS, AUTHORIZE, SCHEDULED, IMPLEMENT, REVIEW, CLOSED),
    STANDARD(NEW, SCHEDULED, IMPLEMENT, REVIEW, CLOSED),
    EMERGENCY(NEW, AUTHORIZE, SCHEDULED, IMPLEMENT, REVIEW, CLOSED);

    private final List<ChangeState> path;

    ChangeModel(ChangeState... path) {
        this.path = List.of(path);
    }

    /** The stored value of the field {@code type}. */
    public String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model's name as people read it. */
    public String label() {
        return name().charAt(0) + type().substring(1);
    }

    /** The model of that type; any other type takes the normal path. */
    public static ChangeModel of(String type) {
        return Arrays.stream(values())
                .filter(model -> model.type().equals(type))
                .findFirst()
                .orElse(NORMAL);
    }

    Optional<ChangeState> after(ChangeState state) {
        int next = path.indexOf(state) + 1;
        return next == 0 || next == path.size() ? Optional.empty() : Optional.of(path.get(next));
    }

    /** The state from which a requester may revert to New. */
    boolean isRevertible(ChangeState state) {
        return this != STANDARD && after(NEW).orElseThrow() == state;
    }
}
