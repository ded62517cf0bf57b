package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that one wait decides by.
 *
 * <p>Of each kind there may be several, because a connector can demand criteria in addition to a step's: all that must
 * match, all approvals with all windows, any rejection.
 *
 * @param mustMatch what must hold at every look
 * @param approval what must hold for approval; empty for the default of a change request
 * @param rejection what each ends the wait as rejected
 * @param defaultRejection whether a change request is rejected by {@link ChangeRequestDefault}
 * @param windows in which of the ticket's windows the approval counts
 */
public record Terms(
        List<Criteria> mustMatch,
        List<Criteria> approval,
        List<Criteria> rejection,
        boolean defaultRejection,
        List<ChangeWindow> windows,
        OnConflict onConflict,
        OnSentBack onSentBack,
        OnWindowMissed onWindowMissed)
        implements Serializable {

    public Terms {
        mustMatch = List.copyOf(mustMatch);
        approval = List.copyOf(approval);
        rejection = List.copyOf(rejection);
        windows = List.copyOf(windows);
    }

    /**
     * Terms for a table, still to be filled.
     *
     * @param ticketType the table's name in lower case
     */
    public static Builder of(String ticketType) {
        return new Builder(ticketType);
    }

    /** Decides what a look comes to. */
    public Judgement judge(Look look, Memory memory) {
        return new Judge(this, look, memory).judge();
    }

    /**
     * Whether a decision on this ticket needs to know whether an approver has rejected: it was sent back to New, which alone
     * is no rejection, and nothing else ends the wait.
     */
    public boolean asksApprovers(Look look, Memory memory) {
        return defaultRejection
                && onSentBack == OnSentBack.WAIT
                && memory.isSentBack(look.ticket())
                && judge(new Look(look.ticket(), look.now(), false, false), memory)
                                .decision()
                        instanceof Decision.Waiting;
    }

    /** Whether the default for a change request has a part in the decision. */
    boolean usesDefault() {
        return defaultRejection || approval.isEmpty();
    }

    /** What must hold for approval, the default included. */
    List<Criteria> approvals() {
        return approval.isEmpty() ? List.of(ChangeRequestDefault.APPROVAL) : approval;
    }

    /** The fields to ask ServiceNow for, dot-walked ones included. */
    public Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        Stream.of(mustMatch, approval, rejection)
                .flatMap(List::stream)
                .forEach(criteria -> fields.addAll(criteria.fields()));
        windows.forEach(window -> fields.addAll(window.fields()));
        if (usesDefault()) {
            fields.addAll(ChangeRequestDefault.fields());
        }
        return Collections.unmodifiableSet(fields);
    }

    /** The terms for a log, a line for each part. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        mustMatch.forEach(criteria -> lines.add("must match: " + criteria.describe()));
        approvals().forEach(criteria -> lines.add("approved when: " + criteria.describe()));
        rejection.forEach(criteria -> lines.add("rejected when: " + criteria.describe()));
        if (defaultRejection) {
            lines.add("rejected when: " + ChangeRequestDefault.describeRejection());
        }
        lines.add("change window: "
                + (windows.isEmpty()
                        ? "none"
                        : windows.stream().map(ChangeWindow::describe).collect(Collectors.joining(" and "))));
        return lines;
    }

    /** Gathers the parts of terms; what is null adds nothing. */
    public static final class Builder {

        private final String ticketType;
        private final List<Criteria> mustMatch = new ArrayList<>();
        private final List<Criteria> approval = new ArrayList<>();
        private final List<Criteria> rejection = new ArrayList<>();
        private final List<ChangeWindow> windows = new ArrayList<>();
        private OnConflict onConflict = OnConflict.REJECT;
        private OnSentBack onSentBack = OnSentBack.WAIT;
        private OnWindowMissed onWindowMissed = OnWindowMissed.FAIL;

        private Builder(String ticketType) {
            this.ticketType = Objects.requireNonNull(ticketType);
        }

        /** Adds what must hold at every look. */
        public Builder mustMatch(Criteria criteria) {
            return add(mustMatch, criteria);
        }

        /** Adds what must hold for approval. */
        public Builder approval(Criteria criteria) {
            return add(approval, criteria);
        }

        /** Adds what rejects. */
        public Builder rejection(Criteria criteria) {
            return add(rejection, criteria);
        }

        /** Adds a window; one of the kind {@code none} turns the default window off. */
        public Builder window(ChangeWindow window) {
            return add(windows, window);
        }

        /** Says what counts when both criteria are met. */
        public Builder onConflict(OnConflict choice) {
            onConflict = choice;
            return this;
        }

        /** Says what going back to New means. */
        public Builder onSentBack(OnSentBack choice) {
            onSentBack = choice;
            return this;
        }

        /** Says what is done about a window that is over. */
        public Builder onWindowMissed(OnWindowMissed choice) {
            onWindowMissed = choice;
            return this;
        }

        private <T> Builder add(List<T> parts, T part) {
            if (part != null) {
                parts.add(part);
            }
            return this;
        }

        /**
         * The terms, with the default for a change request where no criteria are given.
         *
         * @throws ServiceNowException bad input, if the table has no default
         */
        public Terms build() throws ServiceNowException {
            boolean byDefault = approval.isEmpty();
            if (byDefault && !ticketType.equals(ChangeRequestDefault.TABLE)) {
                throw Examples.missing(ticketType);
            }
            List<ChangeWindow> open = byDefault && windows.isEmpty() ? List.of(ChangeRequestDefault.WINDOW) : windows;
            return new Terms(
                    mustMatch,
                    approval,
                    rejection,
                    byDefault && rejection.isEmpty(),
                    open.stream().filter(window -> !window.isNone()).toList(),
                    onConflict,
                    onSentBack,
                    onWindowMissed);
        }
    }
}
