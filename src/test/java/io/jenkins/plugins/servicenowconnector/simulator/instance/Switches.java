package io.jenkins.plugins.servicenowconnector.simulator.instance;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How this instance answers where instances differ; setters return this object, so that several fit one line. */
public final class Switches {

    /** What happens to a {@code sys_id} that a POST brings along. */
    public enum SysIdInPost {
        /** It becomes the record's; posted again, the second record silently gets one of its own {@code [?]}. */
        HONOURED,
        /** The instance always makes its own. */
        IGNORED,
        /** It becomes the record's; posted again, the unique key refuses it {@code [?]}. */
        REFUSED_AS_DUPLICATE
    }

    /** What a query does with a condition on a field that does not exist. */
    public enum InvalidQuery {
        /** The condition is dropped, the rest matches: the default of real instances. */
        DROPPED,
        /** No row matches: {@code glide.invalid_query.returns_no_rows}. */
        NO_ROWS,
        /** 403: {@code glide.export.query.enforce_field_acl}. */
        REFUSED
    }

    /** What a rejection leaves on the change. */
    public enum RejectionTrace {
        /** State New, approval rejected: the documented one. */
        BACK_TO_NEW,
        /** The state stays, approval rejected: a flow that crashed. */
        STATE_STAYS,
        /** State New, approval not requested: no live approver row was left. */
        NOT_REQUESTED
    }

    private final Set<Switch> on = ConcurrentHashMap.newKeySet();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<String> unwritable = ConcurrentHashMap.newKeySet();
    private volatile SysIdInPost sysIdInPost;
    private volatile InvalidQuery invalidQuery;
    private volatile RejectionTrace rejectionTrace;
    private volatile Duration approvalDelay;
    private volatile Duration taskDelay;
    private volatile int urlLimit;
    private volatile int bodyLimit;
    private volatile String linkHost;
    private volatile String attachmentState;

    public Switches() {
        reset();
    }

    /** As on the first day. */
    public final void reset() {
        on.clear();
        unreadable.clear();
        unwritable.clear();
        sysIdInPost(SysIdInPost.HONOURED).invalidQuery(InvalidQuery.DROPPED).rejectionTrace(RejectionTrace.BACK_TO_NEW);
        approvalDelay(Duration.ofMillis(50)).taskDelay(Duration.ofMillis(100));
        urlLimit(8_192).bodyLimit(10_485_760).linkHost("").attachmentState("available");
    }

    /** Turns a switch on. */
    public Switches on(Switch point) {
        on.add(point);
        return this;
    }

    /** Turns a switch off again. */
    public Switches off(Switch point) {
        on.remove(point);
        return this;
    }

    public boolean isOn(Switch point) {
        return on.contains(point);
    }

    public SysIdInPost sysIdInPost() {
        return sysIdInPost;
    }

    public Switches sysIdInPost(SysIdInPost answer) {
        sysIdInPost = answer;
        return this;
    }

    public InvalidQuery invalidQuery() {
        return invalidQuery;
    }

    public Switches invalidQuery(InvalidQuery answer) {
        invalidQuery = answer;
        return this;
    }

    public RejectionTrace rejectionTrace() {
        return rejectionTrace;
    }

    public Switches rejectionTrace(RejectionTrace trace) {
        rejectionTrace = trace;
        return this;
    }

    public Duration approvalDelay() {
        return approvalDelay;
    }

    /** How long after the state change the approver rows appear; zero means within the same request. */
    public Switches approvalDelay(Duration delay) {
        approvalDelay = delay;
        return this;
    }

    public Duration taskDelay() {
        return taskDelay;
    }

    /** How long after Implement the two change tasks appear; zero means within the same request. */
    public Switches taskDelay(Duration delay) {
        taskDelay = delay;
        return this;
    }

    public int urlLimit() {
        return urlLimit;
    }

    /** Longest path with query, in characters, before 414. */
    public Switches urlLimit(int characters) {
        urlLimit = characters;
        return this;
    }

    public int bodyLimit() {
        return bodyLimit;
    }

    /** {@code glide.rest.max_content_length}, in bytes. */
    public Switches bodyLimit(int bytes) {
        bodyLimit = bytes;
        return this;
    }

    public String linkHost() {
        return linkHost;
    }

    /** Another address in {@code link}, {@code Link} and {@code Location} than the one called; empty means the same. */
    public Switches linkHost(String address) {
        linkHost = address;
        return this;
    }

    public String attachmentState() {
        return attachmentState;
    }

    /** What the virus scanner says of files that are stored from now on; values beside {@code available} are {@code [?]}. */
    public Switches attachmentState(String state) {
        attachmentState = state;
        return this;
    }

    public boolean isUnreadable(String tableOrField) {
        return unreadable.contains(tableOrField);
    }

    /** Hides a table ({@code "incident"}) or one field ({@code "incident.priority"}) from everybody. */
    public Switches unreadable(String tableOrField) {
        unreadable.add(tableOrField);
        return this;
    }

    public boolean isUnwritable(String tableOrField) {
        return unwritable.contains(tableOrField);
    }

    /** Closes a table or, as {@code table.field}, one field for writing. */
    public Switches unwritable(String tableOrField) {
        unwritable.add(tableOrField);
        return this;
    }
}
