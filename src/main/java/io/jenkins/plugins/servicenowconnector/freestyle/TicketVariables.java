package io.jenkins.plugins.servicenowconnector.freestyle;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ticket of the last build step, for the steps that follow: as environment variables. */
public final class TicketVariables extends InvisibleAction implements EnvironmentContributingAction {

    private static final String APPROVAL = "SERVICENOW_APPROVAL";

    private final Map<String, String> variables;

    private TicketVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The variables of a ticket as a step returns it.
     *
     * @param earlier those of the steps before; null for none. What came of an approval stays
     */
    static TicketVariables of(Map<?, ?> ticket, TicketVariables earlier) {
        TicketVariables all = of(
                text(ticket.get("number")),
                text(ticket.get("sysId")),
                text(ticket.get("url")),
                state(ticket.get("fields")));
        if (earlier != null && earlier.variables.containsKey(APPROVAL)) {
            all.variables.put(APPROVAL, earlier.variables.get(APPROVAL));
        }
        return all;
    }

    private static TicketVariables of(String number, String sysId, String url, String state) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SERVICENOW_TICKET_NUMBER", number);
        variables.put("SERVICENOW_TICKET_SYS_ID", sysId);
        variables.put("SERVICENOW_TICKET_URL", url);
        variables.put("SERVICENOW_TICKET_STATE", state);
        return new TicketVariables(variables);
    }

    /** The outcome of an approval, which may have come without any ticket. */
    static TicketVariables of(Outcome outcome, BuildTicket ticket, String state) {
        TicketVariables all =
                ticket == null ? of("", "", "", "") : of(ticket.getNumber(), ticket.getSysId(), ticket.getUrl(), state);
        all.variables.put(APPROVAL, outcome.toString());
        return all;
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars environment) {
        environment.putAll(variables);
    }

    private static String state(Object fields) {
        Object state = fields instanceof Map<?, ?> map ? map.get("state") : null;
        return state instanceof Map<?, ?> pair ? text(pair.get("value")) : "";
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
