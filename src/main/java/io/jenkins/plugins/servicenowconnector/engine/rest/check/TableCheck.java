package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow.State;
import java.util.List;

/** Looks whether a row of a table can be seen, which is all that tells an allowed table from a forbidden one. */
final class TableCheck {

    private static final EncodedQuery ANY = new EncodedQuery("");

    private final Calls calls;
    private final List<CheckRow> rows;

    TableCheck(Calls calls, List<CheckRow> rows) {
        this.calls = calls;
        this.rows = rows;
    }

    /** Looks at a table of tickets, without which nothing goes. */
    void tickets(String table) throws ServiceNowException, InterruptedException {
        look(table, "", State.ERROR);
    }

    /**
     * Looks at a table without which something is missing only.
     *
     * @param use what it is for, as the beginning of a sentence
     */
    void more(String table, String use) throws ServiceNowException, InterruptedException {
        look(table, use + ": ", State.WARNING);
    }

    private void look(String table, String use, State ifRefused) throws ServiceNowException, InterruptedException {
        try {
            boolean seen = !calls.query(table, ANY, List.of("sys_id"), 1).rows().isEmpty();
            rows.add(seen ? seen(table, use) : unseen(table, use));
        } catch (ServiceNowException e) {
            rows.add(new CheckRow(table, ifRefused, use + e.getMessage(), missingRole(table, e)));
        }
    }

    private static CheckRow seen(String table, String use) {
        return CheckRow.of(table, State.OK, begin(use, "a row of ") + table + " was seen.");
    }

    private static CheckRow unseen(String table, String use) {
        return new CheckRow(
                table,
                State.WARNING,
                begin(use, "no row of ") + table
                        + " was seen: there is none, or the account may not read it; ServiceNow answers"
                        + " both the same way.",
                Roles.toRead(table));
    }

    /** Empty where no role would help; an error that is not about the table ends the check. */
    private static String missingRole(String table, ServiceNowException error) throws ServiceNowException {
        if (error.kind() == Kind.NOT_FOUND) {
            return "";
        }
        if (error.kind() == Kind.FORBIDDEN) {
            return Roles.afterRefusal(table, error);
        }
        throw error;
    }

    private static String begin(String use, String words) {
        return use.isEmpty() ? Character.toUpperCase(words.charAt(0)) + words.substring(1) : use + words;
    }
}
