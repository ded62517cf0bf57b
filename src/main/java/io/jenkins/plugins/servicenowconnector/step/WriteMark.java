package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;

/**
 * Marks on disk, before the first write leaves, that something may be written from now on.
 *
 * <p>Waiting for an agent is no reason for a mark, and a turn in which nothing arrived takes its mark back.
 */
final class WriteMark {

    private static final int TOO_MANY_CALLS = 429;

    private final StepLife life;

    private boolean isSet;
    private boolean hasArrived;

    WriteMark(StepLife life) {
        this.life = life;
    }

    /** What has to be so before a write can leave. */
    interface Condition {
        void check() throws ServiceNowException;
    }

    /** The same transport, leaving a mark before the first write. */
    Transport around(Transport transport, Condition condition) {
        return request -> request.method().isRead() ? transport.send(request) : write(transport, condition, request);
    }

    private Answer write(Transport transport, Condition condition, Request request)
            throws ServiceNowException, InterruptedException {
        if (!isSet) {
            condition.check();
            mark(true);
        }
        boolean mayHaveArrived = true;
        try {
            Answer answer = transport.send(request);
            mayHaveArrived = answer.status() != TOO_MANY_CALLS;
            return answer;
        } catch (ServiceNowException e) {
            mayHaveArrived = e.mayHaveArrived();
            throw e;
        } finally {
            hasArrived |= mayHaveArrived;
        }
    }

    /** At the end of a turn: nothing of what was to be written has arrived, so the next one begins anew. */
    void endTurn() throws InterruptedException {
        if (isSet && !hasArrived) {
            mark(false);
        }
    }

    private void mark(boolean isWriting) throws InterruptedException {
        life.mark(isWriting);
        isSet = isWriting;
    }
}
