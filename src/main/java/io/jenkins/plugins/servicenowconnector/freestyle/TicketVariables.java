package io.jenkins.plugins.servicenowconnector.freestyle;

import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ticket of the last build step, for the steps that follow: as environment variables. */
public final class TicketVariables extends InvisibleAction implements EnvironmentContributingAction {

    private final Map<String, String> variables;

    private TicketVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The variables of a ticket as a step returns it. */
    static TicketVariables of(Map<?, ?> ticket) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("SERVICENOW_TICKET_NUMBER", text(ticket.get("number")));
        variables.put("SERVICENOW_TICKET_SYS_ID", text(ticket.get("sysId")));
        variables.put("SERVICENOW_TICKET_URL", text(ticket.get("url")));
        variables.put("SERVICENOW_TICKET_STATE", state(ticket.get("fields")));
        return new TicketVariables(variables);
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
