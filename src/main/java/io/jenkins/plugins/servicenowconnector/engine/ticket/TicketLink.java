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
}
