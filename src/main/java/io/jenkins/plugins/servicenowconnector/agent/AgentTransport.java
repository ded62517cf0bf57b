package io.jenkins.plugins.servicenowconnector.agent;

import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.servicenowconnector.engine.http.Answer;
import io.jenkins.plugins.servicenowconnector.engine.http.Request;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Has each request carried by a node that matches a label, over the node's own channel.
 *
 * <p>No executor and no workspace is taken, so a busy agent still serves.
 */
public final class AgentTransport implements Transport {

    /** What the channel itself may take beyond the call's own limits. */
    private static final Duration CHANNEL_SLACK = Duration.ofSeconds(15);

    private final AgentChoice choice;

    /** @param choice the nodes that may make the calls */
    public AgentTransport(AgentChoice choice) {
        this.choice = choice;
    }

    @Override
    public Answer send(Request request) throws ServiceNowException, InterruptedException {
        Set<String> lost = new HashSet<>();
        while (true) {
            AgentChoice.Place place = choice.next(lost);
            try {
                Answer answer = call(place, request);
                choice.worked(place);
                return answer.sentFrom(place.name());
            } catch (ServiceNowException e) {
                choice.failed(place);
                throw e.with(e.facts().from(place.name()));
            } catch (LostAgentException e) {
                lost.add(place.name());
                if (e.mayHaveSent) {
                    throw lost(place, e);
                }
            }
        }
    }

    private static Answer call(AgentChoice.Place place, Request request)
            throws ServiceNowException, InterruptedException, LostAgentException {
        PendingCall pending = new PendingCall();
        try {
            return answer(place.channel(), new AgentCall(at(place, request), pending));
        } catch (IOException | TimeoutException e) {
            throw new LostAgentException(pending.end(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ServiceNowException known) {
                throw known;
            }
            throw new LostAgentException(pending.end(), e);
        } finally {
            pending.end();
        }
    }

    private static Answer answer(VirtualChannel channel, AgentCall call)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Future<Answer> answer = channel.callAsync(call);
        try {
            Duration most = call.request().longest().plus(CHANNEL_SLACK);
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            answer.cancel(true);
        }
    }

    /** A file of a workspace is read where it is, or passed on from there. */
    private static Request at(AgentChoice.Place place, Request request) {
        return request.stream() instanceof WorkspaceFile file ? request.streaming(file.at(place.channel())) : request;
    }

    private static ServiceNowException lost(AgentChoice.Place place, LostAgentException failure) {
        ServiceNowException error = ServiceNowException.noAnswer(
                Kind.NETWORK,
                "The connection to the agent " + place.name() + " was lost during the call.",
                true,
                failure.getCause());
        return error.with(error.facts().from(place.name()));
    }

    /** The node did not bring an answer, for reasons of its own. */
    private static final class LostAgentException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Only of a write: nobody counts reads. */
        private final boolean mayHaveSent;

        LostAgentException(boolean mayHaveSent, Throwable cause) {
            super(cause);
            this.mayHaveSent = mayHaveSent;
        }
    }
}
