package io.jenkins.plugins.servicenowconnector.agent;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.HttpTransport;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import jenkins.agents.ControllerToAgentCallable;

/**
 * Makes one HTTP request in the JVM of a node: bytes in, bytes out, no decisions there.
 *
 * @param request what to send
 * @param goAhead says whether it may still be sent, if it is a write; what a late read would do is nothing
 */
record AgentCall(Request request, GoAhead goAhead) implements ControllerToAgentCallable<Answer, ServiceNowException> {

    @Override
    public Answer call() throws ServiceNowException {
        try {
            demandGoAhead();
            return HttpTransport.shared().send(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceNowException.noAnswer(Kind.NETWORK, "The call was given up.", true, e);
        }
    }

    private void demandGoAhead() throws ServiceNowException, InterruptedException {
        if (!request.method().isRead() && !isWanted()) {
            throw ServiceNowException.noAnswer(
                    Kind.NETWORK, "The call was not sent: nobody waits for it any more.", false, null);
        }
    }

    private boolean isWanted() throws InterruptedException {
        try {
            return goAhead.take();
        } catch (RuntimeException e) {
            // the channel is gone, and with it whoever waited
            return false;
        }
    }
}
