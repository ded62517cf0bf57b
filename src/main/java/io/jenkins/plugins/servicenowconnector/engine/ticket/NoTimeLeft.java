package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;

/** Says of one of several writes that the time was over before its turn came. */
public final class NoTimeLeft {

    private NoTimeLeft() {}

    /** The reason of a write that was not sent. */
    public static ServiceNowException failure() {
        return ServiceNowException.noAnswer(Kind.TIMEOUT, "The time for this ended before its turn came.", false, null);
    }
}
