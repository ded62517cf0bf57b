package io.jenkins.plugins.servicenowconnector.engine.approval;

import java.util.List;

/**
 * A decision with what led to it.
 *
 * @param decision what the look comes to
 * @param memory what to remember for the next look
 * @param verdicts what the criteria found that were looked at, in the order of the looks
 * @param window the change window with where it stands, on one line; empty if there is none
 * @param notes what the log should say once, with this look
 */
public record Judgement(Decision decision, Memory memory, List<Verdict> verdicts, String window, List<String> notes) {

    public Judgement {
        verdicts = List.copyOf(verdicts);
        notes = List.copyOf(notes);
    }
}
