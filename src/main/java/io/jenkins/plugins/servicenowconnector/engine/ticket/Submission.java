package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.ChangeApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.rest.Transition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves a new change on to the state in which people are asked to approve it: until it leaves New, nobody is (servicenow-rest
 * §14).
 */
public final class Submission {

    private static final String TABLE = "change_request";
    private static final String NEW = "-5";
    private static final String CANCELED = "4";

    /** The first state after New by type, for instances whose Change API cannot be asked (§5.1). */
    private static final Map<String, String> FIRST_STATE = Map.of("normal", "-4", "emergency", "-3", "standard", "-2");

    private final TableApi tables;
    private final ChangeApi changes;

    public Submission(Instance instance) {
        tables = new TableApi(instance);
        changes = new ChangeApi(instance);
    }

    /**
     * Requests approval.
     *
     * @param ticket a change request; one that has left New already stays as it is
     * @return the change as it is afterwards
     * @throws ServiceNowException {@link Kind#NOT_TAKEN} with the unmet conditions if it cannot leave New
     */
    public Ticket requestApproval(Ticket ticket) throws ServiceNowException, InterruptedException {
        if (!ticket.table().equals(TABLE)) {
            throw ServiceNowException.badInput("requestApproval", "is for tickets of type change_request only.");
        }
        if (!state(ticket).equals(NEW)) {
            return ticket;
        }
        Set<String> fields = TicketFields.usualAnd(ticket.fields().keySet());
        Row row = tables.update(TABLE, ticket.sysId(), Map.of("state", target(ticket)), fields);
        Ticket moved = Ticket.of(TABLE, row);
        if (!moved.sysId().equals(ticket.sysId()) || state(moved).equals(NEW)) {
            throw new ServiceNowException(
                    Kind.NOT_TAKEN,
                    "ServiceNow accepted the request for approval of " + ticket.number() + " but left it in New; the"
                            + " account may lack the right to change its state.",
                    Facts.NONE);
        }
        return moved;
    }

    private static String state(Ticket change) throws ServiceNowException {
        if (change.value("state").isEmpty()) {
            throw new ServiceNowException(
                    Kind.FORBIDDEN,
                    "The state of " + change.number() + " cannot be read, so nobody can tell whether approval was"
                            + " requested; give the account the right to read it.",
                    Facts.NONE);
        }
        return change.value("state");
    }

    private String target(Ticket ticket) throws ServiceNowException, InterruptedException {
        String byType = FIRST_STATE.getOrDefault(ticket.value("type"), "-4");
        List<Transition> known = transitions(ticket);
        if (known.isEmpty()) {
            return byType;
        }
        List<Transition> onward = known.stream()
                .filter(move ->
                        !move.toState().equals(CANCELED) && !move.toState().equals(NEW) && !move.automatic())
                .toList();
        List<String> open = onward.stream()
                .filter(Transition::available)
                .map(Transition::toState)
                .toList();
        if (open.isEmpty()) {
            throw cannotMove(ticket, onward);
        }
        return open.contains(byType) ? byType : open.get(0);
    }

    private List<Transition> transitions(Ticket ticket) throws ServiceNowException, InterruptedException {
        try {
            return changes.nextStates(ticket.sysId());
        } catch (ServiceNowException e) {
            // the Change API is a plugin of its own, with rights of its own: without it, the type says where to go
            if (e.kind() == Kind.NOT_FOUND
                    || e.kind() == Kind.FORBIDDEN
                    || isRefusedOnTheWay(e.facts().status())) {
                return List.of();
            }
            throw e;
        }
    }

    /** Some gateways let only the Table API through, and answer with a page of their own. */
    private static boolean isRefusedOnTheWay(int status) {
        return status == 403 || status == 404 || status == 405;
    }

    private static ServiceNowException cannotMove(Ticket ticket, List<Transition> onward) {
        List<String> unmet = onward.stream()
                .flatMap(move -> move.unmet().stream())
                .distinct()
                .toList();
        String why = unmet.isEmpty()
                ? "its change model has no such move for this account now."
                : "these conditions do not hold: " + String.join(", ", unmet) + ".";
        return new ServiceNowException(
                Kind.NOT_TAKEN, "Approval of " + ticket.number() + " cannot be requested yet: " + why, Facts.NONE);
    }
}
