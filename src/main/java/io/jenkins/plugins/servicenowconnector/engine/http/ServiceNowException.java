package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;

/**
 * The one family of errors: a sentence that says what happened, where, and what to do; then the facts.
 *
 * <p>What a caller must do follows from the {@link Kind} alone. A message never holds a secret or a header.
 */
public final class ServiceNowException extends Exception {

    /** What went wrong, as far as it makes a difference to what is done about it. */
    public enum Kind {
        /** Refused here before any call. */
        BAD_INPUT,
        /** ServiceNow does not accept who we say we are. Never tried again by itself: it would lock the account. */
        UNAUTHENTICATED,
        /** Known, but not allowed: a right, a business rule, a data policy, an API scope, an access policy. */
        FORBIDDEN,
        /** No such record, or none that we may see; no such table or interface. */
        NOT_FOUND,
        /** More than one record where there must be one. */
        AMBIGUOUS,
        /** Accepted, but something that was sent did not take. */
        NOT_TAKEN,
        /** Too many calls; {@link #retryAfter()} says when to try again, if ServiceNow did. */
        RATE_LIMITED,
        /** The instance sleeps, starts or is in maintenance. */
        ASLEEP,
        /** No answer in time. */
        TIMEOUT,
        /** The network between the agent and the instance failed. */
        NETWORK,
        /** The instance's certificate is not trusted, or no encrypted connection came about. */
        TLS,
        /** An answer that is not ServiceNow's, or not whole. */
        PROTOCOL,
        /** No node can make the call now. */
        NO_AGENT,
        /** A write may or may not have happened, and there is no way to tell from here. */
        OUTCOME_UNKNOWN
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String sentence;
    private final Facts facts;
    private final boolean mayHaveArrived;
    private final Duration retryAfter;

    private ServiceNowException(
            Kind kind, String sentence, Facts facts, boolean mayHaveArrived, Duration retryAfter, Throwable cause) {
        super(sentence + facts, cause);
        this.kind = Objects.requireNonNull(kind);
        this.sentence = sentence;
        this.facts = facts;
        this.mayHaveArrived = mayHaveArrived;
        this.retryAfter = retryAfter;
    }

    /** An error in an answer: the request did arrive. */
    public ServiceNowException(Kind kind, String sentence, Facts facts) {
        this(kind, sentence, facts, true, null, null);
    }

    /**
     * Input that is refused before any call.
     *
     * @param parameter the parameter's name as the user wrote it
     * @param sentence what is wrong with it, to be read after the name
     */
    public static ServiceNowException badInput(String parameter, String sentence) {
        return new ServiceNowException(Kind.BAD_INPUT, parameter + " " + sentence, Facts.NONE, false, null, null);
    }

    /**
     * A call that got no whole answer.
     *
     * @param mayHaveArrived whether the first byte of the request may have left, so that a write is in doubt
     * @param cause what the network said; may be null
     */
    public static ServiceNowException noAnswer(Kind kind, String sentence, boolean mayHaveArrived, Throwable cause) {
        return new ServiceNowException(kind, sentence, Facts.NONE, mayHaveArrived, null, cause);
    }

    /**
     * A call that ServiceNow refused for now.
     *
     * @param retryAfter the time ServiceNow asks us to wait; null if it did not say
     */
    public static ServiceNowException rateLimited(String sentence, Facts facts, Duration retryAfter) {
        return new ServiceNowException(Kind.RATE_LIMITED, sentence, facts, false, retryAfter, null);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The sentence without the facts. */
    public String sentence() {
        return sentence;
    }

    /** What is known of the call. */
    public Facts facts() {
        return facts;
    }

    /** Whether the request can have reached ServiceNow: then a write must not simply be sent again. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }

    /** How long ServiceNow asked us to wait; null if it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same call may succeed later with nothing changed here. */
    public boolean isPassing() {
        return switch (kind) {
            case RATE_LIMITED, ASLEEP, TIMEOUT, NETWORK, PROTOCOL, NO_AGENT -> true;
            default -> false;
        };
    }

    /** Without the cause when it travels or is stored: that can be of a class that the reader's Java does not have. */
    @Serial
    private Object writeReplace() {
        return getCause() == null ? this : copy(facts, null);
    }

    /** The same error, with what is known of the call. */
    public ServiceNowException with(Facts known) {
        return copy(known, getCause());
    }

    private ServiceNowException copy(Facts known, Throwable cause) {
        ServiceNowException same = new ServiceNowException(kind, sentence, known, mayHaveArrived, retryAfter, cause);
        same.setStackTrace(getStackTrace());
        return same;
    }
}
