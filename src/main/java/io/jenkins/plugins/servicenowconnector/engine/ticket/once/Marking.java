package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;

/**
 * By what the tickets of a connector shall be found again.
 *
 * @param sendSysId whether a new record's key is chosen here (servicenow-rest §1.1)
 * @param sendCorrelationId whether {@code correlation_id} and {@code correlation_display} are filled
 */
public record Marking(boolean sendSysId, boolean sendCorrelationId) {

    /** By both. */
    public static final Marking BOTH = new Marking(true, true);

    /** How a correlation id of ours begins. */
    static final String PREFIX = "jenkins-";

    /** The mark of a ticket; a user's own sys_id is one as well, a user's own correlation_id may be on others too. */
    Mark mark(NewTicket order, Identity identity, int generation) {
        String chosen = identity.generation(generation);
        boolean isOne = identity.scope() != Identity.Scope.NONE;
        String sysId = hasOwnSysId(order) ? order.values().get("sys_id") : isOne && sendSysId ? chosen : "";
        boolean isFree = !order.values().containsKey("correlation_id");
        return new Mark(sysId, sendCorrelationId && isFree ? PREFIX + chosen : "");
    }

    /** The ticket as it is sent: what the user gives wins. */
    static NewTicket marked(NewTicket order, Mark mark) {
        NewTicket marked = mark.sysId().isEmpty() ? order : order.withDefault("sys_id", mark.sysId());
        return mark.correlationId().isEmpty()
                ? marked
                : marked.withDefault("correlation_id", mark.correlationId())
                        .withDefault("correlation_display", "Jenkins");
    }

    /** Whether the user chose the key, so that there is only the one. */
    static boolean hasOwnSysId(NewTicket order) {
        return Syntax.isSysId(order.values().getOrDefault("sys_id", ""));
    }

    /** The one key that the user chose is that of a ticket which nobody works on any more. */
    static ServiceNowException ownSysIdIsUsed(Ticket inactive) {
        return new ServiceNowException(
                Kind.NOT_TAKEN,
                "fields.sys_id is that of " + inactive.name()
                        + ", which is no longer active; give another one or none.",
                Facts.NONE);
    }
}
