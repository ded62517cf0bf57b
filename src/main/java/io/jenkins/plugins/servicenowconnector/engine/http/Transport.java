package io.jenkins.plugins.servicenowconnector.engine.http;

/** Carries one request to ServiceNow and brings its answer back. */
@FunctionalInterface
public interface Transport {

    /**
     * Sends the request once, be its body bytes or a stream, and waits for its answer, at most as long as {@link
     * Request#longest()} says.
     *
     * @param request what to send
     * @return the answer, whatever its status; its meaning is not looked at here
     * @throws ServiceNowException if no whole answer came; {@link ServiceNowException#mayHaveArrived()} says whether the
     *     request can have reached ServiceNow
     * @throws InterruptedException if the caller no longer wants the answer
     */
    Answer send(Request request) throws ServiceNowException, InterruptedException;

    /** The same transport, with every request on that way. */
    default Transport via(Route route) {
        return request -> send(request.via(route));
    }
}
