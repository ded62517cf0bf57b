package io.jenkins.plugins.servicenowconnector.simulator.demo;

import io.jenkins.plugins.servicenowconnector.engine.approval.Criteria;
import io.jenkins.plugins.servicenowconnector.engine.approval.Terms;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import io.jenkins.plugins.servicenowconnector.engine.rest.InstanceUrl;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What the demo is asked to do, checked.
 *
 * @param account a real instance; null for the simulator
 * @param table the ticket's table
 * @param terms what decides
 * @param interval the time between two looks
 * @param timeout how long to wait at most
 */
record Settings(Account account, String table, Terms terms, Duration interval, Duration timeout) {

    /** Who to be on a real instance. */
    record Account(URI url, String user, String password) {

        @Override
        public String toString() {
            return user + " at " + url;
        }
    }

    /**
     * @param arguments what was typed
     * @param environment holds the password
     * @throws ServiceNowException bad input, whose message is a line for the person who typed it
     */
    static Settings of(Arguments arguments, Map<String, String> environment) throws ServiceNowException {
        Account account = account(arguments, environment);
        String table = Syntax.table("--ticket-type", arguments.get("--ticket-type", "change_request"));
        String interval = arguments.get("--retry-interval", account == null ? "1s" : "10s");
        String timeout = arguments.get("--timeout", account == null ? "1m" : "10m");
        return new Settings(
                account,
                table,
                terms(table, arguments),
                DurationText.parse("--retry-interval", interval),
                DurationText.parse("--timeout", timeout));
    }

    private static Account account(Arguments arguments, Map<String, String> environment) throws ServiceNowException {
        if (!arguments.has("--instance")) {
            for (String alone : new String[] {"--user", "--password-env"}) {
                if (arguments.has(alone)) {
                    throw ServiceNowException.badInput(alone, "belongs to --instance, which is missing.");
                }
            }
            return null;
        }
        URI url = InstanceUrl.parse("--instance", arguments.get("--instance", ""));
        String user = arguments.require("--user", "name the account on that instance");
        if (user.isBlank() || user.indexOf(':') >= 0) {
            throw ServiceNowException.badInput("--user", "must not be blank or hold a colon.");
        }
        String variable = arguments.require("--password-env", "name the environment variable with the password");
        String password = environment.getOrDefault(variable, "");
        if (password.isEmpty()) {
            throw ServiceNowException.badInput(
                    "--password-env", "names the environment variable " + variable + ", which is not set.");
        }
        return new Account(url, user, password);
    }

    private static Terms terms(String table, Arguments arguments) throws ServiceNowException {
        if (!arguments.has("--approve") && !table.equals("change_request")) {
            throw ServiceNowException.badInput(
                    "--approve",
                    "is missing: " + table + " has no default; say when it counts as approved, for example --approve"
                            + " 'ticket.state.value == \"6\"'.");
        }
        return Terms.of(table)
                .approval(criteria("--approve", arguments))
                .rejection(criteria("--reject", arguments))
                .build();
    }

    private static Criteria criteria(String name, Arguments arguments) throws ServiceNowException {
        return arguments.has(name) ? Criteria.parse(name, null, null, arguments.get(name, "")) : null;
    }
}
