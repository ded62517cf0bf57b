package io.jenkins.plugins.servicenowconnector.engine.ticket;

import java.net.URI;

/** The address under which a person opens a ticket (servicenow-rest §9). */
public final class TicketLink {

    private TicketLink() {}

    /**
     * @param instance the address that people use
     * @param ticket the ticket
     * @return a link that leads into the current user interface, whichever the person has
     */
    public static String to(URI instance, Ticket ticket) {
        return instance + "/nav_to.do?uri=" + ticket.table() + ".do%3Fsys_id%3D" + ticket.sysId();
    }

    /**
     * The same for a ticket that was not read yet.
     *
     * @param table its table in lower case
     * @param key what it is asked for by
     */
    public static String to(URI instance, String table, TicketKey key) {
        String query = key.field().equals("sys_id") ? "sys_id%3D" : "sysparm_query%3D" + key.field() + "%3D";
        return instance + "/nav_to.do?uri=" + table + ".do%3F" + query + key.value();
    }
}
