package io.jenkins.plugins.servicenowconnector.simulator.signin;

import io.jenkins.plugins.servicenowconnector.simulator.rest.Account;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Accounts;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Door;
import java.util.Optional;

/** The door that opens for an access token that lives. */
final class BearerDoor implements Door {

    private final Accounts accounts;
    private final AccessTokens tokens;

    BearerDoor(Accounts accounts, AccessTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public Optional<Account> enter(Call call) {
        String header = call.header("Authorization");
        return header.startsWith("Bearer ")
                ? tokens.userName(header.substring(7))
                        .filter(accounts::isUsable)
                        .flatMap(accounts::find)
                : Optional.empty();
    }
}
