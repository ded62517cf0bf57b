package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.util.Optional;

/** One way for a request to prove whose it is: a password, a token, a key, a certificate. */
@FunctionalInterface
public interface Door {

    /** The account the request proves to belong to; empty when this door does not open. */
    Optional<Account> enter(Call call);
}
