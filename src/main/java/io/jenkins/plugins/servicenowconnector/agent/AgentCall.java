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
 */
record AgentCall(Request request) implements ControllerToAgentCallable<Answer, ServiceNowException> {

    @Override
    public Answer call() throws ServiceNowException {
        try {
            return HttpTransport.shared().send(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ServiceNowException.noAnswer(Kind.NETWORK, "The call was given up.", true, e);
        }
    }
}
