package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import java.io.Serializable;

/**
 * One line of what a check found.
 *
 * @param what what was looked at: {@code connection}, {@code account}, {@code clock}, a table's name …
 * @param state how it stands
 * @param sentence what was found, with what to do about it
 * @param role the role that is probably missing; empty if none is
 */
public record CheckRow(String what, State state, String sentence, String role) implements Serializable {

    /** How a thing stands. */
    public enum State {
        OK,
        /** Cannot be seen from here, because looking would leave traces. */
        NOT_TRIED,
        /** Works, or may work, but somebody should look at it. */
        WARNING,
        /** Does not work. */
        ERROR
    }

    static CheckRow of(String what, State state, String sentence) {
        return new CheckRow(what, state, sentence, "");
    }
}
