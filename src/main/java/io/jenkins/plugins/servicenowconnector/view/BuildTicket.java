package io.jenkins.plugins.servicenowconnector.view;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
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
    /** The full name of the folder on whose behalf its connector was found; null for the job itself. */
    private String place;
    /** What tells its connector from all others; null if the job itself found it. */
    private String origin;

    private final String table;
    private final String sysId;
    private final String number;
    private final String url;
    private final Role role;
    private String shortDescription;
    private String state;
    /** How the last wait for it ended; null if the build has not waited for it, or not to the end. */
    private BuildDecision decision;
    /** Whether nothing of the ticket may be shown but its number. */
    private boolean withoutTexts;

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

    /**
     * The same, of a connector that a folder means: the job below may have one of the same name.
     *
     * @param folder the folder's full name
     * @param home what tells the connector from all others of this Jenkins
     */
    public BuildTicket meantBy(String folder, String home) {
        BuildTicket same = new BuildTicket(this, role);
        same.place = folder;
        same.origin = home;
        return same;
    }

    /** The same, with how a wait for it ended. */
    public BuildTicket decided(BuildDecision how) {
        BuildTicket same = new BuildTicket(this, role);
        same.decision = withoutTexts && how != null ? how.withoutTexts() : how;
        return same;
    }

    /** The same with nothing of the ticket but its number and link: for tables that are too sensitive for a page. */
    public BuildTicket withoutTexts() {
        BuildTicket same = new BuildTicket(this, role);
        same.withoutTexts = true;
        same.shortDescription = "";
        same.state = "";
        return same.decided(decision);
    }

    /** What leads the job, or the folder that means the connector, to the ticket's connector. */
    public String getConnector() {
        return connector;
    }

    /** The full name of the folder on whose behalf its connector was found; empty for the job itself. */
    public String getPlace() {
        return Util.fixNull(place);
    }

    /** Whether it is of a connector, by what leads the job there or what tells it from all others. */
    public boolean isOf(String reference, String key) {
        return origin == null ? connector.equals(reference) : origin.equals(key);
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

    /** How the last wait for it ended; null if the build has not waited for it, or not to the end. */
    @Exported
    public BuildDecision getDecision() {
        return decision;
    }

    /** What people call it. */
    public String getName() {
        return number.isEmpty() ? sysId : number;
    }

    /** For views: what a screen reader is told when it changes; empty for nothing. */
    public String getSays() {
        return decision == null ? "" : Messages.BuildTicket_decided(getName(), decision.getOutcomeText());
    }

    boolean isSameAs(BuildTicket other) {
        return sysId.equals(other.sysId) && table.equals(other.table);
    }

    /** Whether it is the ticket of a wait. */
    boolean isTicketOf(ApprovalWait wait) {
        TicketKey asked = wait.key();
        return table.equals(wait.target().table())
                && (asked.value().equals(sysId) || asked.value().equals(number));
    }

    /** The newer of two notes of one ticket, with the role that says more and what only the earlier one knows. */
    BuildTicket after(BuildTicket earlier) {
        BuildTicket merged = new BuildTicket(this, role.compareTo(earlier.role) <= 0 ? role : earlier.role);
        merged.shortDescription = shortDescription.isEmpty() ? earlier.shortDescription : shortDescription;
        merged.decision = decision == null ? earlier.decision : decision;
        return withoutTexts || earlier.withoutTexts ? merged.withoutTexts() : merged;
    }

    private BuildTicket(BuildTicket same, Role role) {
        this.connector = same.connector;
        this.place = same.place;
        this.origin = same.origin;
        this.table = same.table;
        this.sysId = same.sysId;
        this.number = same.number;
        this.url = same.url;
        this.role = role;
        this.shortDescription = same.shortDescription;
        this.state = same.state;
        this.decision = same.decision;
        this.withoutTexts = same.withoutTexts;
    }
}
