package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may call the instance; each account has its {@code sys_user} row. */
public final class Accounts {

    /** Wrong passwords in a row that lock an account {@code [?]}. */
    public static final int LOCKED_AFTER = 5;

    private final Tables tables;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Integer> wrong = new ConcurrentHashMap<>();

    public Accounts(Tables tables) {
        this.tables = tables;
    }

    public void clear() {
        accounts.clear();
        wrong.clear();
    }

    /** Adds an account, or replaces the one of that name. */
    public Account add(String userName, String password, Role... roles) {
        return add(new Account(userName, password, Set.of(roles), true));
    }

    /** Adds an account, or replaces the one of that name. */
    public Account add(Account account) {
        String userName = account.userName();
        accounts.put(userName, account);
        wrong.remove(userName);
        if (row(userName).isEmpty()) {
            tables.seed("sys_user", Map.of("user_name", userName, "name", userName, "time_zone", "GMT"));
        }
        return account;
    }

    public Optional<Account> find(String userName) {
        return Optional.ofNullable(accounts.get(userName));
    }

    /** The user's own row. */
    public Optional<Row> row(String userName) {
        return tables.first("sys_user", "user_name", userName);
    }

    /** Whether the user is neither inactive nor locked out. */
    public boolean isUsable(String userName) {
        return row(userName)
                .filter(row -> row.is("active", "true") && row.is("locked_out", "false"))
                .isPresent();
    }

    void passwordWasRight(String userName) {
        wrong.remove(userName);
    }

    void passwordWasWrong(String userName) {
        if (wrong.merge(userName, 1, Integer::sum) >= LOCKED_AFTER) {
            row(userName).ifPresent(row -> row.set("locked_out", "true"));
        }
    }
}
