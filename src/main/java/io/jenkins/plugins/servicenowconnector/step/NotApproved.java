package io.jenkins.plugins.servicenowconnector.step;

import java.io.Serial;
import jenkins.model.CauseOfInterruption;

/** Why a Pipeline does not go on: its ticket was rejected, or not approved in time. */
public class NotApproved extends CauseOfInterruption {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String message;

    NotApproved(String message) {
        this.message = message;
    }

    @Override
    public String getShortDescription() {
        return message;
    }
}
