package io.jenkins.plugins.servicenowconnector.simulator.rule;

import java.util.Collection;

/** The instance refuses a write; the message is the {@code detail} of ServiceNow's "Operation Failed". */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Refusal(String detail) {
        super(detail, null, false, false);
    }

    public static Refusal byBusinessRule(String table, String rule, String ruleSysId) {
        return new Refusal("Operation against file '%s' was aborted by Business Rule '%s^%s'. Business Rule Stack:%s"
                .formatted(table, rule, ruleSysId, rule));
    }

    /** Names the labels of the fields, as ServiceNow does. */
    public static Refusal byDataPolicy(Collection<String> labels) {
        return new Refusal("Data Policy Exception: The following fields are mandatory: " + String.join(", ", labels));
    }

    /** The operation is Insert, Update or Delete. */
    public static Refusal byAccessControl(String operation) {
        return new Refusal("ACL Exception " + operation + " Failed due to security constraints");
    }

    /** A sys_id that is there already {@code [?]}. */
    public static Refusal byUniqueKey(String table, String sysId) {
        return new Refusal(("Error during insert of %s (%s): Unique Key violation detected by database (Duplicate "
                        + "entry '%s' for key 'PRIMARY')")
                .formatted(table, sysId, sysId));
    }
}
