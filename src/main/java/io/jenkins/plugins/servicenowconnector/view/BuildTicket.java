package io.jenkins.plugins.servicenowconnector.view;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import java.net.URI;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One ticket that a build had to do with, as it was last seen: what the build's page shows of it, and no more. */
@ExportedBean
public final class BuildTicket {

    /** What a build did with a ticket; of several the one that says most. */
    public enum Role {
        /** It waited for the ticket's approval. */
        GATE,
        /** It created it. */
        CREATED,
        /** It changed it, or attached something to it. */
        CHANGED
    }

    private final String connector;
    private final String table;
    private final String sysId;
    private final String number;
    private final String url;
    private final String shortDescription;
    private final String state;
    private final Role role;

    private BuildTicket(String connector, Ticket ticket, String url, Role role) {
        this.connector = connector;
        this.table = ticket.table();
        this.sysId = ticket.sysId();
        this.number = ticket.number();
        this.url = url;
        this.shortDescription = ticket.displayValue("short_description");
        this.state = ticket.displayValue("state");
        this.role = role;
    }

    /**
     * Notes a ticket.
     *
     * @param connector what leads a job of this kind to the same connector again
     * @param link the address that people use
     */
    public static BuildTicket of(String connector, Ticket ticket, URI link, Role role) {
        return new BuildTicket(connector, ticket, TicketLink.to(link, ticket), role);
    }

    /** What leads the job to the ticket's connector. */
    public String getConnector() {
        return connector;
    }

    /** The ticket's table. */
    @Exported
    public String getTable() {
        return table;
    }

    /** The ticket's key. */
    @Exported
    public String getSysId() {
        return sysId;
    }

    /** The ticket's number; empty for a table without numbers. */
    @Exported
    public String getNumber() {
        return number;
    }

    /** The address under which a person opens it. */
    @Exported
    public String getUrl() {
        return url;
    }

    /** Its title; empty if it has none or it may not be read. */
    @Exported
    public String getShortDescription() {
        return shortDescription;
    }

    /** Its state as people read it; empty if unknown. */
    @Exported
    public String getState() {
        return state;
    }

    /** What the build did with it. */
    @Exported
    public Role getRole() {
        return role;
    }

    /** What people call it. */
    public String getName() {
        return number.isEmpty() ? sysId : number;
    }

    boolean isSameAs(BuildTicket other) {
        return sysId.equals(other.sysId) && table.equals(other.table);
    }

    /** The newer of two notes of one ticket, with the role that says more, and the title if only the earlier one has it. */
    BuildTicket after(BuildTicket earlier) {
        return new BuildTicket(
                this,
                role.compareTo(earlier.role) <= 0 ? role : earlier.role,
                shortDescription.isEmpty() ? earlier.shortDescription : shortDescription);
    }

    private BuildTicket(BuildTicket same, Role role, String shortDescription) {
        this.connector = same.connector;
        this.table = same.table;
        this.sysId = same.sysId;
        this.number = same.number;
        this.url = same.url;
        this.shortDescription = shortDescription;
        this.state = same.state;
        this.role = role;
    }
}
