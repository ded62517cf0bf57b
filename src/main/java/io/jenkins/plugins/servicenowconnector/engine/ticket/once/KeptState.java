package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The state of one creation: on disk before anything happens, with the claim that nobody else sends meanwhile. */
final class KeptState {

    private final CreateOnce.Store store;
    private final Claims claims;
    private final String ticket;
    private CreateState state;

    /**
     * @param ticket what others who want the same ticket call it too
     */
    KeptState(CreateState state, CreateOnce.Store store, Claims claims, String ticket) {
        this.state = state;
        this.store = store;
        this.claims = claims;
        this.ticket = ticket;
    }

    CreateState get() {
        return state;
    }

    void save(CreateState next) throws IOException, InterruptedException {
        boolean isSaved = false;
        try {
            store.save(next);
            isSaved = true;
        } finally {
            if (!isSaved) {
                release();
            }
        }
        state = next;
    }

    /** Goes on with a state that claims less than the one on disk, so that a crash is no harm. */
    void assume(CreateState next) {
        state = next;
    }

    /** Takes or renews the claim; false if somebody else has it. */
    boolean claim(Instant now, Duration length) {
        return claims.take(ticket, this, now, now.plus(length));
    }

    void release() {
        claims.free(this);
    }
}
