package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** What one look at a ticket comes to. */
public sealed interface Decision extends Serializable {

    /**
     * Not decided yet.
     *
     * @param reasons what is missing, a line each
     */
    record Waiting(List<String> reasons) implements Decision {
        public Waiting {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Approved, but outside the change window.
     *
     * @param reasons which window is waited for, a line each
     * @param left how long until it begins, on the instance's clock; null if it has no beginning that is to come
     */
    record WaitingForWindow(List<String> reasons, Duration left) implements Decision {
        public WaitingForWindow {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * The wait is over.
     *
     * @param outcome how
     * @param reason why, a sentence without full stop that begins with the ticket's number
     */
    record Ended(Outcome outcome, String reason) implements Decision {

        /** The message for a Pipeline, which begins with the outcome: {@code rejected: CHG0030001 …}. */
        public String message() {
            return outcome + ": " + reason;
        }
    }

    /**
     * This look could not be decided; unless the error is a passing one, later looks will fail as well.
     *
     * @param error why
     */
    record Failed(ServiceNowException error) implements Decision {}
}
