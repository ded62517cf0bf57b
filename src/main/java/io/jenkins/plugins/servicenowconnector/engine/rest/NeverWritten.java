package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/**
 * What nothing here ever writes: deciding is left to people, ordering to ServiceNow's catalog.
 *
 * <p>{@link TableApi} asks here before every write, so there is no way around it; operations ask earlier, with the name of the
 * parameter that is to blame.
 */
public final class NeverWritten {

    /** Begins the tables that hold who approved what: approvers, groups of them, and their history. */
    private static final String DECISIONS = "sysapproval";

    private static final Set<String> ORDERS = Set.of("sc_request", "sc_req_item");

    private static final String DECISION = "approval";

    private NeverWritten() {}

    /** Whether rows of this table are left alone. */
    public static boolean isTable(String table) {
        String name = table.toLowerCase(Locale.ROOT);
        return name.startsWith(DECISIONS) || ORDERS.contains(name);
    }

    /** Whether this field is left alone, in every table. */
    public static boolean isField(String field) {
        return field.equalsIgnoreCase(DECISION);
    }

    /**
     * Refuses such a table.
     *
     * @param parameter the parameter that names it, for the error
     */
    public static void checkTable(String parameter, String table) throws ServiceNowException {
        if (isTable(table)) {
            throw ServiceNowException.badInput(parameter, "is " + table + ", which this plugin never writes.");
        }
    }

    /**
     * Refuses such a field.
     *
     * @param parameter the parameter that holds the fields, for the error
     */
    public static void checkFields(String parameter, Collection<String> fields) throws ServiceNowException {
        for (String field : fields) {
            if (isField(field)) {
                throw ServiceNowException.badInput(
                        parameter, "names '" + field + "', which only people set, in ServiceNow.");
            }
        }
    }
}
