package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity.Scope;
import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * How far the creation of one ticket has come, as it must stand on disk: texts, numbers and enums only. It never changes;
 * {@link CreateOnce} gives the next one.
 */
public final class CreateState implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What is known to have happened. */
    public enum Stage {
        /** Nothing was sent. */
        NEW,
        /** Nothing was sent by this attempt; others may have: look first. */
        PERHAPS,
        /** It may have been sent; whether it arrived is open. */
        SENDING,
        /** There is a ticket. */
        DONE
    }

    private Scope scope;
    private String identity;
    private int generation = 1;
    private Stage stage;
    private boolean earlier;
    private String table = "";
    private String sentSysId = "";
    private String sentCorrelationId = "";
    private long sentMillis;
    private String ticket = "";
    private boolean inactiveWhenDone;
    /** Names of fields with commas between; null if it was stored before this was noted. */
    private String notTaken = "";

    private Kept sysIdKept = Kept.UNKNOWN;
    private Kept correlationKept = Kept.UNKNOWN;

    private CreateState() {}

    /** Where nobody has tried yet, as far as the build knows. */
    public static CreateState first(Identity identity) {
        CreateState state = new CreateState();
        state.scope = identity.scope();
        state.identity = identity.text();
        state.stage = state.unsent();
        return state;
    }

    /** Where an earlier attempt may have been made, but what is known of it is lost: its ticket is looked for first. */
    public static CreateState perhaps(Identity identity) {
        return first(identity).lookFirst();
    }

    CreateState lookFirst() {
        CreateState next = copy();
        next.stage = scope == Scope.NONE ? Stage.NEW : Stage.PERHAPS;
        return next;
    }

    /**
     * Where another attempt begins, after what an earlier one has left: under {@code retry}, or in a restarted stage. Not for
     * the same attempt after a restart of Jenkins: that goes on with the state as it is.
     */
    public CreateState anotherAttempt() {
        CreateState next = copy();
        next.earlier = stage == Stage.SENDING || stage == Stage.DONE;
        return next;
    }

    /** The same, with what earlier tickets have shown of the table; it saves a doubt that cannot be resolved. */
    public CreateState knowing(Kept sysId, Kept correlationId) {
        CreateState next = copy();
        next.sysIdKept = sysId == Kept.UNKNOWN ? sysIdKept : sysId;
        next.correlationKept = correlationId == Kept.UNKNOWN ? correlationKept : correlationId;
        return next;
    }

    CreateState sending(String toTable, Mark mark, Instant now) {
        CreateState next = copy();
        next.stage = Stage.SENDING;
        next.earlier = false;
        next.table = toTable;
        next.sentSysId = mark.sysId();
        next.sentCorrelationId = mark.correlationId();
        next.sentMillis = now.toEpochMilli();
        next.notTaken = "";
        return next;
    }

    CreateState notSent() {
        CreateState next = copy();
        next.stage = unsent();
        next.earlier = false;
        return next;
    }

    /** Refused because it exists: then it is of somebody before. */
    CreateState ofEarlier() {
        CreateState next = copy();
        next.earlier = true;
        return next;
    }

    CreateState done(Ticket found, List<String> fieldsNotTaken, Kept sysId, Kept correlationId) {
        CreateState next = knowing(sysId, correlationId);
        next.stage = Stage.DONE;
        next.earlier = false;
        next.table = found.table();
        next.ticket = found.sysId();
        next.inactiveWhenDone = found.value("active").equals("false");
        next.notTaken = String.join(",", fieldsNotTaken);
        return next;
    }

    /** With that number, which nobody has used. */
    CreateState free(int number) {
        CreateState next = copy();
        next.generation = number;
        next.stage = Stage.NEW;
        next.earlier = false;
        next.ticket = "";
        next.inactiveWhenDone = false;
        next.notTaken = "";
        return next;
    }

    /** With the next number, which somebody may have used. */
    CreateState next() {
        return free(generation + 1).lookFirst();
    }

    /** Another build may have sent meanwhile what is once for all of them. */
    private Stage unsent() {
        return scope == Scope.ONCE_FOR ? Stage.PERHAPS : Stage.NEW;
    }

    private CreateState copy() {
        CreateState same = new CreateState();
        same.scope = scope;
        same.identity = identity;
        same.generation = generation;
        same.stage = stage;
        same.earlier = earlier;
        same.table = table;
        same.sentSysId = sentSysId;
        same.sentCorrelationId = sentCorrelationId;
        same.sentMillis = sentMillis;
        same.ticket = ticket;
        same.inactiveWhenDone = inactiveWhenDone;
        same.notTaken = notTaken;
        same.sysIdKept = sysIdKept;
        same.correlationKept = correlationKept;
        return same;
    }

    /** Who the ticket is. */
    public Identity identity() {
        return new Identity(scope, identity);
    }

    /** How many tickets the key has had, with this one. */
    public int number() {
        return generation;
    }

    public Stage stage() {
        return stage;
    }

    /** The table that it was sent to; empty if it was not sent. */
    public String table() {
        return table;
    }

    /** The ticket's sys_id; empty unless there is one. */
    public String ticket() {
        return ticket;
    }

    /** Whether a ticket may be there that nobody knows of. */
    public boolean isOpen() {
        return stage == Stage.SENDING;
    }

    /** Whether what stands here is of an earlier attempt. */
    boolean isEarlier() {
        return earlier;
    }

    boolean wasInactive() {
        return inactiveWhenDone;
    }

    /** The fields that the ticket did not take when it was written, and had not taken when it was last found. */
    List<String> notTaken() {
        return notTaken == null || notTaken.isEmpty() ? List.of() : List.of(notTaken.split(","));
    }

    Mark sent() {
        return new Mark(sentSysId, sentCorrelationId);
    }

    Instant sentAt() {
        return Instant.ofEpochMilli(sentMillis);
    }

    Kept sysIdKept() {
        return sysIdKept;
    }

    Kept correlationKept() {
        return correlationKept;
    }
}
