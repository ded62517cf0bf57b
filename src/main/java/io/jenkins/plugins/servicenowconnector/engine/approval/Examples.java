package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;

/** What criteria may look like for a table that has no default. */
final class Examples {

    private Examples() {}

    /** The error for a table whose criteria are missing, with an example for just that table. */
    static ServiceNowException missing(String ticketType) {
        return ServiceNowException.badInput(
                "approvalCriteria",
                "is missing: " + ticketType + " has no default. For example, approvalCriteria: [conditions: ["
                        + example(ticketType) + "]].");
    }

    /** States as in the tables that ServiceNow ships. */
    private static String example(String ticketType) {
        return switch (ticketType) {
            case "incident" -> "[field: 'state.value', operator: 'in', value: ['6', '7']] /* Resolved, Closed */";
            case "problem" -> "[field: 'state.value', operator: 'in', value: ['106', '107']] /* Resolved, Closed */";
            case "change_task" -> "[field: 'state.value', value: '3'] /* Closed */";
            case "sc_request", "sc_req_item" -> "[field: 'approval.value', value: 'approved']";
            default -> "[field: 'approval.value', value: 'approved'], [field: 'active.value', value: 'true']";
        };
    }
}
