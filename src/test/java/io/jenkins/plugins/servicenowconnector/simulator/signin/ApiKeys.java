package io.jenkins.plugins.servicenowconnector.simulator.signin;

import io.jenkins.plugins.servicenowconnector.simulator.rest.Account;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Accounts;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Door;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The door that opens for a REST API key, where an access policy lets keys in (servicenow-rest §6.1). */
public final class ApiKeys implements Door {

    private final Accounts accounts;
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private volatile boolean policy;

    ApiKeys(Accounts accounts) {
        this.accounts = accounts;
    }

    void reset() {
        users.clear();
        policy = true;
    }

    /** Adds a key that stands for a user. */
    public void add(String key, String userName) {
        users.put(key, userName);
    }

    /** Whether a REST API access policy lets keys in; without one the answer is 401 {@code [?]}. */
    public void policy(boolean present) {
        policy = present;
    }

    @Override
    public Optional<Account> enter(Call call) {
        String key = call.header("x-sn-apikey");
        return policy && !key.isEmpty()
                ? Optional.ofNullable(users.get(key)).filter(accounts::isUsable).flatMap(accounts::find)
                : Optional.empty();
    }
}
