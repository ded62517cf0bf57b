package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries a connection the way that later calls will go, by reading only.
 *
 * <p>It never tries to create or change anything, since a check must leave no traces; its report says so.
 */
public final class ConnectionCheck {

    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(30);

    private final Instance instance;
    private final List<CheckRow> rows = new ArrayList<>();
    private final Calls calls;

    /**
     * @param instance the connection, with the settings that are to be checked
     * @param clock this side's clock
     */
    public ConnectionCheck(Instance instance, InstantSource clock) {
        this.instance = instance;
        calls = new Calls(instance, clock);
    }

    /**
     * Makes the check, once.
     *
     * @param scope what the connection is for
     * @return what was found; a failure is a result too
     * @throws InterruptedException if nobody wants the result any more
     */
    public ConnectionReport run(CheckScope scope) throws InterruptedException {
        CheckedAccount account = null;
        ServiceNowException failure = null;
        try {
            account = account(scope.expectedUser());
            tables(scope);
            timing();
            writes(scope);
        } catch (ServiceNowException e) {
            failure = e;
            rows.add(CheckRow.of("connection", State.ERROR, e.getMessage()));
        }
        String from = failure == null ? calls.sentFrom() : failure.facts().agent();
        return new ConnectionReport(rows, account, calls.clockAhead(), calls.fastest(), from, failure);
    }

    private CheckedAccount account(String expectedUser) throws ServiceNowException, InterruptedException {
        AccountCheck check = new AccountCheck(calls, rows);
        try {
            return check.run(expectedUser);
        } catch (ServiceNowException e) {
            if (e.kind() != Kind.FORBIDDEN) {
                throw e;
            }
            check.unreadable(e);
            return null;
        }
    }

    private void timing() {
        Duration ahead = calls.clockAhead();
        if (ahead == null) {
            return;
        }
        String from = calls.sentFrom().isEmpty() ? "" : ", called from " + calls.sentFrom();
        rows.add(CheckRow.of(
                "connection",
                State.OK,
                instance.url().getAuthority() + " answers in " + calls.fastest().toMillis() + " ms" + from + "."));
        rows.add(clock(ahead));
        if (!instance.remark().isEmpty()) {
            rows.add(CheckRow.of("token", State.WARNING, instance.remark()));
        }
    }

    private static CheckRow clock(Duration ahead) {
        if (ahead.abs().compareTo(CLOCKS_AGREE) <= 0) {
            return CheckRow.of("clock", State.OK, "ServiceNow's clock agrees with Jenkins'.");
        }
        return CheckRow.of(
                "clock",
                State.WARNING,
                "ServiceNow's clock is " + ahead.abs().toSeconds() + " s "
                        + (ahead.isNegative() ? "behind" : "ahead of")
                        + " Jenkins': correct the clock of the machine that Jenkins runs on, since change windows"
                        + " and tokens depend on it.");
    }

    private void tables(CheckScope scope) throws ServiceNowException, InterruptedException {
        TableCheck check = new TableCheck(calls, rows);
        for (String table : scope.tables()) {
            check.tickets(table);
        }
        if (scope.uses().contains(Use.READ)) {
            check.more("sysapproval_approver", "To name approvers");
        }
        if (scope.uses().contains(Use.CREATE)) {
            check.more("sys_template", "To create from templates");
            if (scope.tables().contains("change_request")) {
                check.more("std_change_record_producer", "To create standard changes");
            }
        }
        if (scope.uses().contains(Use.IMPORT)) {
            check.more("sys_import_set", "To fill import sets");
        }
    }

    private void writes(CheckScope scope) {
        if (!scope.writes() && !scope.uses().contains(Use.IMPORT)) {
            return;
        }
        List<String> roles =
                scope.tables().stream().map(Roles::toWrite).distinct().toList();
        rows.add(new CheckRow(
                "writing",
                State.NOT_TRIED,
                "Nothing was created or changed, since a check must leave no traces: whether the account may write"
                        + " shows with the first ticket.",
                String.join("; ", roles)));
    }
}
