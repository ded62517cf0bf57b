package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors.Seen;
import java.io.Serial;

/** Somebody else has changed or deleted a connector since its form was opened. */
final class NewerConnectorException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What a form that is shown again has seen; saving that form is then a decision. */
    private final transient Seen now;

    NewerConnectorException(String id, Connector now) {
        super(now == null ? Messages.ConnectorForm_deletedByOther(id) : Messages.ConnectorForm_changedByOther(id));
        this.now = now == null ? null : new Seen(id, now.fingerprint());
    }

    /** The connector as it is now; null if it is gone. */
    Seen now() {
        return now;
    }
}
