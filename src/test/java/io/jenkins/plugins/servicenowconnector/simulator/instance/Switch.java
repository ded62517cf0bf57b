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
    /** {@code X-Total-Count} counts only the rows that the account may read {@code [?]}. */
    TOTAL_OF_READABLE,
    /** No answer has an {@code X-Total-Count} {@code [?]}. */
    NO_TOTAL,
    /** A user without any role may read the own {@code sys_user} row {@code [?]}. */
    OWN_USER_ROW_READABLE,
    /** The shipped access control that asks for {@code snc_platform_rest_api_access} is active. */
    API_ROLE_DEMANDED,
    /** The state of a problem silently stays, as since Rome. */
    PROBLEM_MOVES_IGNORED,
    /** The Change Management API is not installed: its paths do not exist. */
    NO_CHANGE_API,
    /** Attachments have no {@code hash}, as right after the upload {@code [?]}. */
    ATTACHMENT_HASH_ABSENT,
    /** The answer to an upload has no {@code hash} yet and the state pending; a list has both a moment later. */
    ATTACHMENT_HASH_LATE,
    /** {@code glide.rest.max_content_length} bounds files too {@code [?]}. */
    FILE_COUNTS_AS_BODY,
    /** A file that is too large or of a wrong type is refused with 403, not with 400 {@code [?]}. */
    FILE_REFUSED_AS_FORBIDDEN,
    /** Accounts that are no administrators may read {@code sys_properties}. */
    PROPERTIES_READABLE,
    /** Date literals in a query are read in the caller's zone, not as UTC {@code [?]}. */
    DATE_LITERALS_IN_USER_ZONE,
    /** An import answers 200 where others answer 201 {@code [?]}. */
    IMPORT_ANSWERS_200,
    /** A row that is imported again without a difference is ignored, where others say updated {@code [?]}. */
    UNCHANGED_IMPORT_IGNORED,
    /** Rows are transformed after the answer, which therefore names no outcome {@code [?]}. */
    IMPORT_ASYNCHRONOUS,
    /** An approver's {@code group} is the row of {@code sysapproval_group} that asks the group, not the group {@code [?]}. */
    GROUP_ASKED_BY_ROW
}
