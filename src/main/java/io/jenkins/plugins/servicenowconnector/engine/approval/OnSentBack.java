package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** What a change means that went back to New although no approver rejected it. */
public enum OnSentBack {
    /** It will be submitted again. */
    WAIT,
    /** It is rejected. */
    REJECT;

    /**
     * Reads {@code wait} or {@code reject}.
     *
     * @param text null or blank means {@code wait}
     * @throws ServiceNowException bad input
     */
    public static OnSentBack parse(String text) throws ServiceNowException {
        return Word.parse("onSentBack", text, values());
    }

    /** The word as it is written. */
    @Override
    public String toString() {
        return Word.of(this);
    }
}
