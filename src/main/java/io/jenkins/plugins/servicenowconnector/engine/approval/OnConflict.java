package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** What counts when a ticket meets the approval as well as the rejection criteria. */
public enum OnConflict {
    /** The rejection. */
    REJECT,
    /** The approval, as with Harness. */
    APPROVE;

    /**
     * Reads {@code reject} or {@code approve}.
     *
     * @param text null or blank means {@code reject}
     * @throws ServiceNowException bad input
     */
    public static OnConflict parse(String text) throws ServiceNowException {
        return Word.parse("onConflict", text, values());
    }

    /** The word as it is written. */
    @Override
    public String toString() {
        return Word.of(this);
    }
}
