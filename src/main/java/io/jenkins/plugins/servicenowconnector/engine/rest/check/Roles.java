package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Map;

/** Which role is probably missing, after the table in the documentation of what an account needs. */
public final class Roles {

    /** For the REST interface itself. */
    private static final String REST_ACCESS = "snc_platform_rest_api_access";

    private static final Map<String, String> FAMILY = Map.of(
            "change_request", "change",
            "change_task", "change",
            "incident", "incident",
            "problem", "problem",
            "problem_task", "problem",
            "std_change_record_producer", "change");

    private static final Map<String, String> OTHER = Map.of(
            "sys_import_set", "import_transformer or import_set_loader",
            "sys_choice", "personalize_choices, or read access to sys_choice",
            "task_ci", "sn_change_read or itil");

    private Roles() {}

    /** What is enough to read a table. */
    public static String toRead(String table) {
        String family = FAMILY.get(table);
        return family == null ? OTHER.getOrDefault(table, "read access to " + table) : "sn_" + family + "_read";
    }

    /** A 403 comes from the interface as a whole, or from the table. */
    public static String afterRefusal(String table, ServiceNowException refusal) {
        return refusal.facts().detail().contains("API level ACL") ? REST_ACCESS : toRead(table);
    }

    static String toWrite(String table) {
        String family = FAMILY.get(table);
        return family == null ? "write access to " + table + ", or itil" : "sn_" + family + "_write, or itil";
    }
}
