package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.approval.Memory;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState.Stage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity.Scope;

/** What stands on disk about one item that waits at a gate: texts, numbers and enums only. */
final class GateRecord {

    private final String id;
    private String job;
    private final long deadlineMillis;
    private final long beganMillis = System.currentTimeMillis();
    private String place = "";
    private String connector = "";
    private String table = "";
    private String number = "";
    private String sysId = "";
    private boolean seen;
    private boolean created;
    private boolean complete;
    private CreateState creation;
    private String furthest = "";
    private long beyondNewSince;
    private boolean toldSentBack;
    private String unneeded = "";
    private boolean cancels;
    private String agentLabel = "";
    private String parameters = "";
    private String starters = "";
    private boolean lifted;
    private boolean settled;

    /** @param deadlineMillis when to give up, in milliseconds since 1970 */
    GateRecord(String id, String job, long deadlineMillis) {
        this.id = id;
        this.job = job;
        this.deadlineMillis = deadlineMillis;
    }

    String id() {
        return id;
    }

    /**
     * Something got another full name.
     *
     * @return whether it was the job, or what sets the gate
     */
    boolean moves(String from, String to) {
        boolean isJob = job.equals(from);
        boolean isPlace = place().equals(from);
        job = isJob ? to : job;
        place = isPlace ? to : place;
        return isJob || isPlace;
    }

    /** The job's full name. */
    String job() {
        return job;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    /** When the item came to the gate, in milliseconds since 1970. */
    long beganMillis() {
        return beganMillis;
    }

    /** The full name of what sets the gate; empty if that is not known. */
    String place() {
        return Util.fixNull(place);
    }

    /** What leads from that place to the connector; empty if it is not known yet. */
    String connector() {
        return connector;
    }

    /** The ticket's table; empty if it is not known yet. */
    String table() {
        return table;
    }

    /** The ticket's key; empty if it is not known yet. */
    String sysId() {
        return sysId;
    }

    /** What people call the ticket: its number, or else its sys_id; empty if there is none yet. */
    String name() {
        return number.isEmpty() ? sysId : number;
    }

    /** Whether the ticket is made for this item alone: one that is made once for many builds is none of it. */
    boolean isOwn() {
        return created && creation.identity().scope() != Scope.ONCE_FOR;
    }

    /** Whether the ticket was ever seen, so that it is known to be the one that was meant. */
    boolean isSeen() {
        return seen;
    }

    /** Whether the ticket was created with all that belongs to it, so that nothing is left but to wait. */
    boolean isComplete() {
        return complete;
    }

    void completes() {
        complete = true;
    }

    /** How far the creation has come; null if it has not begun. */
    CreateState creation() {
        return creation;
    }

    /** Whether a ticket may be there that nobody knows of. */
    boolean isInDoubt() {
        return creation != null && creation.isOpen();
    }

    /** Why nobody needs the ticket any more; empty as long as the item waits. */
    String unneeded() {
        return unneeded;
    }

    /** The label that the gate adds for the agents that make its calls; empty for none. */
    String agentLabel() {
        return Util.fixNull(agentLabel);
    }

    /** The parameters of the build, as people read them; empty for none. */
    String parameters() {
        return Util.fixNull(parameters);
    }

    /** Who or what has started the build; empty if nobody knows. */
    String starters() {
        return Util.fixNull(starters);
    }

    void isFor(GateInput build, String label) {
        parameters = build.parameters();
        starters = build.starters();
        agentLabel = Util.fixNull(label);
    }

    void at(String ofPlace, String atConnector, String ofTable) {
        place = ofPlace;
        connector = atConnector;
        table = ofTable;
    }

    void asks(TicketKey ticket) {
        if (ticket.field().equals("number")) {
            number = ticket.value();
        } else {
            sysId = ticket.value();
        }
    }

    void sees(Ticket ticket) {
        number = ticket.number();
        sysId = ticket.sysId();
        seen = true;
    }

    void creates(CreateState next) {
        creation = next;
        created = true;
        sysId = next.stage() == Stage.DONE ? next.ticket() : sysId;
    }

    /** Whether the ticket is canceled when nobody needs it any more. */
    boolean cancels() {
        return cancels;
    }

    void ends(String reason, boolean cancelsTicket) {
        unneeded = reason;
        cancels = cancelsTicket;
    }

    /** Nobody needs the ticket, because the build starts without one. */
    void lifts(String reason, boolean cancelsTicket) {
        ends(reason, cancelsTicket);
        lifted = true;
    }

    /** Whether the build starts, without the ticket. */
    boolean isLifted() {
        return lifted;
    }

    /** Whether everything is done that was to be done about the ticket. */
    boolean isSettled() {
        return settled;
    }

    void settles() {
        settled = true;
    }

    Memory memory() {
        return new Memory(furthest, beyondNewSince, toldSentBack);
    }

    void remember(Memory memory) {
        furthest = memory.furthest();
        beyondNewSince = memory.beyondNewSince();
        toldSentBack = memory.toldSentBack();
    }
}
