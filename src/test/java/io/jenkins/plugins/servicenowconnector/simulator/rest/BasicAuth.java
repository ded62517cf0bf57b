package io.jenkins.plugins.servicenowconnector.simulator.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The door that opens for a user name with its password, in UTF-8. */
public final class BasicAuth implements Door {

    private final Accounts accounts;

    public BasicAuth(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Optional<Account> enter(Call call) {
        String header = call.header("Authorization");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        String pair = decode(header.substring(6).trim());
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : accounts.find(pair.substring(0, colon))
                        .filter(account -> opensFor(account, pair.substring(colon + 1)));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private boolean opensFor(Account account, String password) {
        if (!account.password().equals(password)) {
            accounts.passwordWasWrong(account.userName());
            return false;
        }
        boolean isUsable = accounts.isUsable(account.userName());
        if (isUsable) {
            accounts.passwordWasRight(account.userName());
        }
        return isUsable && account.basicAuthAllowed();
    }
}
