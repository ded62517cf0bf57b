package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** What becomes of a change whose deployment is not run. */
public enum OnNotRun {
    /** It is canceled, as long as its work has not begun. */
    CANCEL,
    /** It stays as it is. */
    LEAVE;

    /**
     * Reads {@code cancel} or {@code leave}.
     *
     * @return null for a text that is null or blank: then it depends on who created the change
     * @throws ServiceNowException bad input
     */
    public static OnNotRun parse(String text) throws ServiceNowException {
        return text == null || text.isBlank() ? null : Word.parse("onNotRun", text, values());
    }

    /** The word as it is written. */
    @Override
    public String toString() {
        return Word.of(this);
    }
}
