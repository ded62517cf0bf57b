package io.jenkins.plugins.servicenowconnector.simulator.rest;

/** What a user may do; a user without any role may sign in, that is all. */
public enum Role {
    /** Reads and writes incidents, problems, changes; contains the {@code sn_*_write} roles. */
    ITIL,
    /** {@code sn_change_read} with {@code sn_incident_read} and {@code sn_problem_read}. */
    READ_ONLY,
    /** Deletes tasks; does not contain {@link #ITIL}. */
    ITIL_ADMIN,
    /** Decides everybody's approvals {@code [?]}. */
    APPROVAL_ADMIN,
    /** {@code snc_platform_rest_api_access} alone, for who has not {@link #ITIL}, which contains it. */
    REST_API_ACCESS,
    /** {@code import_set_loader}: fills staging tables, which are transformed at once; contained in {@code import_admin}. */
    IMPORT_SET_LOADER,
    /** Everything. */
    ADMIN
}
