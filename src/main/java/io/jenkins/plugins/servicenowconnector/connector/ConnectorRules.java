package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What every connector keeps to, alone and beside the others. */
final class ConnectorRules {

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,127}");

    private ConnectorRules() {}

    /** Refuses a connector that cannot work, without any call; the message begins with the field's name. */
    static void check(Connector connector) throws ServiceNowException {
        if (connector.getName().isEmpty()) {
            throw ServiceNowException.badInput("Name", "must not be blank.");
        }
        if (!isId(connector.getId())) {
            throw ServiceNowException.badInput(
                    "Id", "must begin with a letter or '_', followed by letters, digits, '_', '$' or '-'.");
        }
        connector.address();
        connector.link();
        if (connector.getAuthentication() == null) {
            throw ServiceNowException.badInput("Authentication", "must be chosen.");
        }
        connector.getAuthentication().check();
        AgentChoice.parse("Agent label", connector.getAgentLabel());
        connector.getUse().check();
        connector.getLimits().check();
        checkTypes(connector);
    }

    private static void checkTypes(Connector connector) throws ServiceNowException {
        Set<String> tables = new HashSet<>();
        for (DefaultFields fields : connector.getDefaultFields()) {
            fields.check();
            if (!tables.add(fields.table())) {
                throw ServiceNowException.badInput("Default fields", "has " + fields.table() + " twice.");
            }
        }
        tables.clear();
        for (ApprovalDefaults defaults : connector.getApprovalDefaults()) {
            defaults.check();
            if (!tables.add(defaults.table())) {
                throw ServiceNowException.badInput("Approval defaults", "has " + defaults.table() + " twice.");
            }
        }
    }

    /** No two connectors share a name or id, in whatever case, and no name is another's id: jobs may use either. */
    static void checkUnique(List<Connector> connectors) throws ServiceNowException {
        Set<String> taken = new HashSet<>();
        for (Connector connector : connectors) {
            Set<String> own = new HashSet<>();
            own.add(connector.getId().toLowerCase(Locale.ROOT));
            own.add(connector.getName().toLowerCase(Locale.ROOT));
            for (String word : own) {
                if (!taken.add(word)) {
                    throw ServiceNowException.badInput(
                            "Name or Id:",
                            "Two connectors are called '" + word
                                    + "'; names and ids must differ, whatever their case.");
                }
            }
        }
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    static String proposedId(String name) {
        String id = name.trim()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_$]+", "-")
                .replaceAll("^-|-$", "");
        if (!id.isEmpty() && !Character.isLetter(id.charAt(0)) && id.charAt(0) != '_') {
            id = "_" + id;
        }
        return id.length() > 128 ? id.substring(0, 128) : id;
    }
}
