package io.jenkins.plugins.servicenowconnector.simulator.rule;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A state of a change, with the value that is stored. */
public enum ChangeState {
    NEW("-5", "New"),
    ASSESS("-4", "Assess"),
    AUTHORIZE("-3", "Authorize"),
    SCHEDULED("-2", "Scheduled"),
    IMPLEMENT("-1", "Implement"),
    REVIEW("0", "Review"),
    CLOSED("3", "Closed"),
    CANCELED("4", "Canceled");

    private final String value;
    private final String label;

    ChangeState(String value, String label) {
        this.value = value;
        this.label = label;
    }

    public String value() {
        return value;
    }

    public String label() {
        return label;
    }

    /** The choice list of all states. */
    static String choices() {
        return Arrays.stream(values())
                .map(state -> state.value + "=" + state.label)
                .collect(Collectors.joining("|"));
    }

    /** The state with that stored value. */
    public static ChangeState of(String value) {
        return Arrays.stream(values())
                .filter(state -> state.value.equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a change: " + value));
    }

    boolean isFinished() {
        return this == CLOSED || this == CANCELED;
    }

    boolean isCancelable() {
        return ordinal() <= IMPLEMENT.ordinal();
    }
}
