package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.util.Optional;

/** A path of the instance that needs nobody signed in. */
@FunctionalInterface
public interface OpenEndpoint {

    /** The reply to a call of this path; empty when the path belongs to somebody else. */
    Optional<Reply> answer(Call call);
}
