package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow.State;
import java.util.List;

/** Finds out who ServiceNow says we are (servicenow-rest §8), without ever trusting a query that was not understood. */
final class AccountCheck {

    private static final String WHAT = "account";
    private static final List<String> FIELDS =
            List.of("sys_id", "user_name", "name", "time_zone", "email", "web_service_access_only");

    /** What ServiceNow itself puts the caller's name into. */
    private static final EncodedQuery ONESELF = new EncodedQuery("user_name=javascript:gs.getUserName()");

    private final Calls calls;
    private final List<CheckRow> rows;

    AccountCheck(Calls calls, List<CheckRow> rows) {
        this.calls = calls;
        this.rows = rows;
    }

    /** Null if it is unknown, or not to be trusted. */
    CheckedAccount run(String expectedUser) throws ServiceNowException, InterruptedException {
        List<Row> found = calls.query("sys_user", ONESELF, FIELDS, 2).rows();
        if (found.isEmpty()) {
            add(
                    State.WARNING,
                    "ServiceNow accepts the account but does not let it read its own record, so its name and time zone"
                            + " are unknown; it may have no role at all.");
            return null;
        }
        Row row = found.get(0);
        boolean isOther = !expectedUser.isBlank() && !row.value("user_name").equalsIgnoreCase(expectedUser.trim());
        if (found.size() > 1 || isOther) {
            add(
                    State.WARNING,
                    "ServiceNow accepts the account but did not answer the question who it is (other users came back),"
                            + " so the answer is not trusted.");
            return null;
        }
        CheckedAccount account = new CheckedAccount(row.value("user_name"), row.value("name"), row.value("time_zone"));
        add(State.OK, "Signed in as " + account.userName() + zone(account) + ".");
        kind(row);
        email(row);
        admin(account);
        return account;
    }

    /** ServiceNow does not let this account look at users: that is no failure of the connection. */
    void unreadable(ServiceNowException refusal) {
        rows.add(new CheckRow(
                WHAT,
                State.WARNING,
                "ServiceNow accepts the account but does not say who it is: " + refusal.getMessage(),
                Roles.afterRefusal("sys_user", refusal)));
    }

    private static String zone(CheckedAccount account) {
        return account.timeZone().isEmpty() ? ", in the instance's time zone" : ", time zone " + account.timeZone();
    }

    private void kind(Row row) {
        String only = row.value("web_service_access_only");
        if (only.equals("true")) {
            add(State.OK, "The account is for machines only, as it should be.");
        } else if (only.equals("false")) {
            add(
                    State.WARNING,
                    "The account may sign in to pages too: tick 'Web service access only' in its user record, or make"
                            + " it a machine identity.");
        }
    }

    private void email(Row row) {
        if (row.fields().containsKey("email") && row.value("email").isBlank()) {
            add(
                    State.WARNING,
                    "The account has no e-mail address, on which ServiceNow's own approval flow breaks when a change is"
                            + " rejected: enter one in its user record.");
        }
    }

    private void admin(CheckedAccount account) throws InterruptedException {
        try {
            EncodedQuery query = EncodedQuery.where("user.user_name", account.userName())
                    .and(EncodedQuery.where("role.name", "admin"));
            List<String> fields = List.of("user.user_name", "role.name");
            boolean isAdmin = calls.query("sys_user_has_role", query, fields, 1).rows().stream()
                    .anyMatch(row -> row.value("role.name").equals("admin")
                            && row.value("user.user_name").equalsIgnoreCase(account.userName()));
            if (isAdmin) {
                add(
                        State.WARNING,
                        "The account has the role admin, which it never needs: whoever can use the connector could do"
                                + " anything. Give it the least roles instead.");
            }
        } catch (ServiceNowException e) {
            // most accounts may not look at roles, and then it is no administrator either
        }
    }

    private void add(State state, String sentence) {
        rows.add(CheckRow.of(WHAT, state, sentence));
    }
}
