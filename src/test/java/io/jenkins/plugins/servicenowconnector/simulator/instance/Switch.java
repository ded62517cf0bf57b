package io.jenkins.plugins.servicenowconnector.simulator.instance;

/** One point in which instances differ; off is how most instances are. */
public enum Switch {
    /** A change may be created in another state than New {@code [?]}. */
    STATE_ON_INSERT_KEPT,
    /** Setting the state that a change already has is refused, as some versions do. */
    SAME_STATE_REFUSED,
    /** {@code com.snc.change_management.change_model.type_compatibility} is false: a type alone chooses no model. */
    TYPE_INCOMPATIBLE,
    /** A change stays in Implement when all its tasks are closed. */
    NO_AUTOMATIC_REVIEW,
    /** {@code ^^} in a query does not stand for one caret {@code [?]}. */
    CARET_NOT_ESCAPED,
    /** {@code glide.rest.choice.allow_non_existing_value}: a value outside the choice list is stored. */
    CHOICES_KEPT,
    /** Page one carries a {@code prev} link with offset -1, as a live instance sent it. */
    NEGATIVE_PREVIOUS,
    /** A user without any role may read the own {@code sys_user} row {@code [?]}. */
    OWN_USER_ROW_READABLE,
    /** The shipped access control that asks for {@code snc_platform_rest_api_access} is active. */
    API_ROLE_DEMANDED,
    /** The state of a problem silently stays, as since Rome. */
    PROBLEM_MOVES_IGNORED,
    /** The Change Management API is not installed: its paths do not exist. */
    NO_CHANGE_API,
    /** Date literals in a query are read in the caller's zone, not as UTC {@code [?]}. */
    DATE_LITERALS_IN_USER_ZONE,
    /** An import answers 200 where others answer 201 {@code [?]}. */
    IMPORT_ANSWERS_200,
    /** A row that is imported again without a difference is ignored, where others say updated {@code [?]}. */
    UNCHANGED_IMPORT_IGNORED,
    /** Rows are transformed after the answer, which therefore names no outcome {@code [?]}. */
    IMPORT_ASYNCHRONOUS
}
