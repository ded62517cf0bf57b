package io.jenkins.plugins.servicenowconnector.simulator.signin;

import io.jenkins.plugins.servicenowconnector.simulator.rest.Account;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Accounts;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Door;
import java.util.Optional;

/** The door of mutual TLS: where the handshake demands a certificate, whoever gets here has shown the right one. */
public final class ClientCertificates implements Door {

    private final Accounts accounts;
    private volatile String userName = "";

    ClientCertificates(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Maps the certificate to a user; an empty name maps it to nobody. */
    public void standFor(String name) {
        userName = name;
    }

    @Override
    public Optional<Account> enter(Call call) {
        boolean isEncrypted = call.address().startsWith("https:");
        return isEncrypted && call.header("Authorization").isEmpty() && accounts.isUsable(userName)
                ? accounts.find(userName)
                : Optional.empty();
    }
}
