package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.util.Optional;

/** One of the instance's REST interfaces. */
public interface Endpoint {

    /** The reply to a call of this interface; empty when the path belongs to another one. */
    Optional<Reply> answer(Call call, Session session);
}
