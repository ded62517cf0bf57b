package io.jenkins.plugins.servicenowconnector.view;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import java.util.Objects;

/** How far the creation of one ticket has come, and through which connector. */
public final class OpenCreation {

    private final String attempt;
    private final String connector;
    private final CreateState state;
    private String answer;

    /** Why nobody could look yet; forgotten with Jenkins, whose next life looks anew. */
    private transient volatile String trouble;

    OpenCreation(String attempt, String connector, CreateState state) {
        this.attempt = attempt;
        this.connector = connector;
        this.state = state;
    }

    /** Which attempt of which step: unique in its build; empty if it was stored before this was noted. */
    String attempt() {
        return Util.fixNull(attempt);
    }

    boolean isOf(String identity, String otherConnector) {
        return state.identity().text().equals(identity) && Objects.equals(connector, otherConnector);
    }

    /** What leads the job to the connector. */
    public String connector() {
        return connector;
    }

    /** How far it has come. */
    public CreateState state() {
        return state;
    }

    /** For the page: the table of the ticket. */
    public String getTable() {
        return state.table();
    }

    /** For the page: what was found out later; null if nobody has looked yet. */
    public String getAnswer() {
        return answer;
    }

    /** For the page: why nobody could look yet, and that it is tried again; null if nothing has kept anybody from it. */
    public String getTrouble() {
        return trouble;
    }

    void troubled(String sentence) {
        trouble = sentence;
    }

    /** The same, with what was found out later. */
    OpenCreation answered(String sentence) {
        OpenCreation same = new OpenCreation(attempt, connector, state);
        same.answer = sentence;
        return same;
    }
}
