package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be checked.
 *
 * @param ticketTypes the tables that the connector is for; an asterisk stands for the usual ones; names that are no table's
 *     are left out
 * @param uses what it is for
 * @param expectedUser the user name that was given, so that somebody else's answer is noticed; empty if none was
 */
public record CheckScope(Collection<String> ticketTypes, Set<Use> uses, String expectedUser) {

    private static final List<String> USUAL = List.of("change_request", "incident", "problem", "change_task");

    public CheckScope {
        ticketTypes = List.copyOf(ticketTypes);
        uses = Set.copyOf(uses);
    }

    /** The tables by name, each once. */
    Set<String> tables() {
        Set<String> tables = new LinkedHashSet<>();
        for (String type : ticketTypes) {
            if (type.equals("*")) {
                tables.addAll(USUAL);
            } else if (type.matches("[a-z][a-z0-9_]{0,79}")) {
                tables.add(type);
            }
        }
        return tables;
    }

    boolean writes() {
        return uses.contains(Use.CREATE) || uses.contains(Use.UPDATE) || uses.contains(Use.ATTACH);
    }
}
