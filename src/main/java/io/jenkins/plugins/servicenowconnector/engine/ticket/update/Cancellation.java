package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cancels a change that nobody needs any more, so that it does not stay with its approvers. */
public final class Cancellation {

    private static final String CHANGE = "change_request";
    /** The state of a canceled change. */
    public static final String CANCELED = "4";

    /** New, Assess, Authorize, Scheduled: from Implement on, work has begun (servicenow-rest §5.1). */
    private static final Set<String> NOT_BEGUN = Set.of("-5", "-4", "-3", "-2");

    private final Instance instance;

    public Cancellation(Instance instance) {
        this.instance = instance;
    }

    /**
     * Cancels a change that is New to Scheduled, with two requests; any other stays as it is.
     *
     * @param sysId the change's key
     * @param reason its work note
     * @return {@link UpdateOutcome.State#UNCHANGED} with the change if it has gone further or is canceled already; where the
     *     instance keeps its state, {@code state} is among what was not taken
     * @throws ServiceNowException if the change cannot be read
     */
    public UpdateOutcome cancel(String sysId, String reason) throws ServiceNowException, InterruptedException {
        TicketKey key = TicketKey.sysId("sysId", sysId);
        Ticket change = new Tickets(instance).get(CHANGE, key, List.of());
        if (!NOT_BEGUN.contains(change.value("state"))) {
            return UpdateOutcome.unchanged(change);
        }
        Map<String, String> note = Map.of("work_notes", FieldInput.withoutCode(reason));
        return new TicketWriter(instance, Map.of("state", CANCELED), note, false).write(change, false);
    }
}
