package io.jenkins.plugins.servicenowconnector.agent;

import hudson.remoting.Channel;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A call that a node was asked to make: it may be sent until nobody waits for it any more. */
final class PendingCall implements GoAhead {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(PendingCall.class.getName());

    private enum State {
        ASKED_FOR,
        BEING_SENT,
        OVER
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.ASKED_FOR);

    @Override
    public boolean take() {
        boolean taken = state.compareAndSet(State.ASKED_FOR, State.BEING_SENT);
        if (!taken) {
            LOGGER.log(Level.FINE, "a node was ready to send a call that nobody waits for any more");
        }
        return taken;
    }

    /**
     * Says that nobody waits for the call any more.
     *
     * @return whether it may have been sent; if not, it never will be
     */
    boolean end() {
        return state.getAndSet(State.OVER) == State.BEING_SENT;
    }

    /** On its way to the agent it becomes one that asks back, as long as the call lasts. */
    @Serial
    private Object writeReplace() {
        Channel channel = Channel.current();
        return channel == null ? this : channel.export(GoAhead.class, this);
    }
}
