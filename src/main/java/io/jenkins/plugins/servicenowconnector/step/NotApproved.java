package io.jenkins.plugins.servicenowconnector.step;

import java.io.Serial;
import jenkins.model.CauseOfInterruption;

/** Why a build does not go on: its ticket was rejected, or not approved in time. */
public class NotApproved extends CauseOfInterruption {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String message;

    /** @param message a sentence that begins with the outcome */
    public NotApproved(String message) {
        this.message = message;
    }

    @Override
    public String getShortDescription() {
        return message;
    }
}
