package io.jenkins.plugins.servicenowconnector.simulator.rest;

import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;

/** A call that ends in ServiceNow's error envelope. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;

    ApiError(int status, String message, String detail) {
        super(message, null, false, false);
        this.status = status;
        this.detail = detail;
    }

    static ApiError invalidTable(String table) {
        return new ApiError(400, "Invalid table " + table, null);
    }

    static ApiError noResource() {
        return new ApiError(400, "Requested URI does not represent any resource", null);
    }

    static ApiError noRecord() {
        return new ApiError(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");
    }

    static ApiError unreadable(String detail) {
        return new ApiError(400, "Exception while reading request", detail);
    }

    static ApiError queryRefused() {
        return new ApiError(
                403,
                "Insufficient rights to query records",
                "Field(s) present in the query do not have permission to be read");
    }

    static ApiError of(Refusal refusal) {
        return new ApiError(403, "Operation Failed", refusal.getMessage());
    }

    Reply reply() {
        return Reply.error(status, getMessage(), detail);
    }
}
