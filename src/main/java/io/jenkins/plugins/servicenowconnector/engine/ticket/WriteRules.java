package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.util.Collection;
import java.util.Set;

/** What no step may ever write, whatever rights its account has. */
public final class WriteRules {

    /** Decisions are left to people, in ServiceNow. */
    public static final String APPROVAL = "approval";

    /** Ordering goes through ServiceNow's catalog, deciding is left to people. */
    private static final Set<String> NEVER_WRITTEN =
            Set.of("sc_request", "sc_req_item", "sysapproval_approver", "sysapproval_group");

    private WriteRules() {}

    /**
     * The name of a table that may be written.
     *
     * @param parameter the parameter's name, for an error
     * @param text the table, in any case
     * @return the table in lower case
     */
    public static String table(String parameter, String text) throws ServiceNowException {
        String table = Syntax.table(parameter, text);
        if (NEVER_WRITTEN.contains(table)) {
            throw ServiceNowException.badInput(parameter, "is " + table + ", which this plugin never writes.");
        }
        return table;
    }

    /** Refuses fields that only people set; ServiceNow's names are in lower case, but it may not insist on that. */
    public static void fields(String parameter, Collection<String> fields) throws ServiceNowException {
        if (fields.stream().anyMatch(WriteRules::isLeftToPeople)) {
            throw ServiceNowException.badInput(parameter, "names 'approval', which only people set, in ServiceNow.");
        }
    }

    /** Whether a field is one that only people set. */
    public static boolean isLeftToPeople(String field) {
        return field.equalsIgnoreCase(APPROVAL);
    }
}
