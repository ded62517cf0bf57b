package io.jenkins.plugins.servicenowconnector.connector;

import io.jenkins.plugins.servicenowconnector.agent.AgentChoice;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What every connector keeps to, alone and beside the others. */
public final class ConnectorRules {

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
        DefaultFields.check(connector.getDefaultFields());
        Set<String> tables = new HashSet<>();
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
            for (String word : words(connector)) {
                if (!taken.add(word)) {
                    throw ServiceNowException.badInput(
                            "Name or Id:",
                            "Two connectors are called '" + word
                                    + "'; names and ids must differ, whatever their case.");
                }
            }
        }
    }

    /**
     * Refuses a list of connectors that somebody wants to define in a folder, without any call; the message names the
     * connector.
     *
     * @param entered the folder's connectors as they are to be
     */
    public static void checkFolder(List<Connector> entered) throws ServiceNowException {
        for (Connector connector : entered) {
            checkNamed(connector);
            try {
                ServiceNowConnectors.get().getFolders().check(connector);
            } catch (ServiceNowException e) {
                throw named(connector, e);
            }
            checkShadow(connector);
        }
        checkUnique(entered);
    }

    private static void checkShadow(Connector connector) throws ServiceNowException {
        for (Connector global : ServiceNowConnectors.get().getConnectors()) {
            if (global.getUse().isProtected() && !Collections.disjoint(words(global), words(connector))) {
                throw ServiceNowException.badInput(
                        "Name or Id:",
                        "'" + connector.getName() + "' is called like the protected connector '" + global.getName()
                                + "' of Jenkins itself, which no folder may shadow; choose another name and id.");
            }
        }
    }

    /** Checks a connector among others; the message names it. */
    static void checkNamed(Connector connector) throws ServiceNowException {
        try {
            check(connector);
        } catch (ServiceNowException e) {
            throw named(connector, e);
        }
    }

    private static ServiceNowException named(Connector connector, ServiceNowException problem) {
        return ServiceNowException.badInput("Connector '" + connector.getName() + "':", problem.sentence());
    }

    private static Set<String> words(Connector connector) {
        Set<String> words = new HashSet<>();
        words.add(connector.getId().toLowerCase(Locale.ROOT));
        words.add(connector.getName().toLowerCase(Locale.ROOT));
        return words;
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
