package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Digest;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Who a ticket that is to be created is, before ServiceNow knows it: the same for every attempt at the same thing, and for
 * nothing else.
 *
 * @param scope what makes it the same
 * @param text 32 hex digits
 */
public record Identity(Scope scope, String text) {

    /** What makes two attempts one. */
    public enum Scope {
        /** The same step of the same build with the same content. */
        STEP,
        /** The same job and the same text of the user, in any build. */
        ONCE_FOR,
        /** Nothing: each attempt is one of its own. */
        NONE
    }

    /**
     * The identity of a step's ticket.
     *
     * <p>All fields count but journals: a work note says who started which attempt. Give the fields as the step has them,
     * before relative dates, names and templates become values: what differs from one attempt to the next makes another ticket.
     *
     * @param build the origin build
     * @param key where the step stands
     * @param table the ticket's table
     * @param said what the step says, by name, in any order; such as {@code TicketRequest.said()}
     */
    public static Identity ofStep(OriginBuild build, StepKey key, String table, Map<String, String> said) {
        Digest digest = new Digest("step")
                .add(build.jenkins())
                .add(build.job())
                .add(String.valueOf(build.number()))
                .add(String.valueOf(build.startMillis()))
                .add(key.text())
                .add(table);
        new TreeMap<>(said).forEach((field, value) -> {
            if (!TicketFields.isJournal(field)) {
                digest.add(field).add(value);
            }
        });
        return new Identity(Scope.STEP, digest.hex());
    }

    /**
     * The identity that a user gives: instead of build, key and content, so that neither another build nor another ticket type
     * makes it another one.
     *
     * @param text {@code onceFor}, as it stands
     */
    public static Identity onceFor(String jenkins, String job, String text) {
        return new Identity(
                Scope.ONCE_FOR,
                new Digest("onceFor").add(jenkins).add(job).add(text).hex());
    }

    /** An identity of nothing but this one attempt, for {@code deduplicate: false}. */
    public static Identity none() {
        return new Identity(Scope.NONE, UUID.randomUUID().toString().replace("-", ""));
    }

    /**
     * The identity of the key's ticket with this number.
     *
     * @param number 1 for the first; the next ones come when a ticket is no longer active
     * @return 32 hex digits
     */
    String generation(int number) {
        return number == 1
                ? text
                : new Digest("generation").add(text).add(String.valueOf(number)).hex();
    }
}
