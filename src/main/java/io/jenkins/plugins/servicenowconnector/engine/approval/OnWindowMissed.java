package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** What is done about an approved ticket whose change window is over. */
public enum OnWindowMissed {
    /** The wait ends. */
    FAIL,
    /** The wait goes on until the ticket has a new window. */
    WAIT;

    /**
     * Reads {@code fail} or {@code wait}.
     *
     * @param text null or blank means {@code fail}
     * @throws ServiceNowException bad input
     */
    public static OnWindowMissed parse(String text) throws ServiceNowException {
        return Word.parse("onWindowMissed", text, values());
    }

    /** The word as it is written. */
    @Override
    public String toString() {
        return Word.of(this);
    }
}
