package io.jenkins.plugins.servicenowconnector.job;

import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build that was not started, and why. */
@ExportedBean(defaultVisibility = 2)
public final class RefusedItem {

    private final long when;
    private final String ticket;
    private final String url;
    private final String reason;
    private final String causes;

    /**
     * @param when the moment, in milliseconds since the epoch
     * @param ticket what the ticket is called; empty for none
     * @param url the address under which a person opens it; empty if it is not known
     * @param reason a sentence
     * @param causes who or what wanted to start the build; empty if nobody knows
     */
    public RefusedItem(long when, String ticket, String url, String reason, String causes) {
        this.when = when;
        this.ticket = ticket;
        this.url = url;
        this.reason = reason;
        this.causes = causes;
    }

    /** The moment, in milliseconds since the epoch. */
    @Exported
    public long getWhen() {
        return when;
    }

    /** What the ticket is called; empty for none. */
    @Exported
    public String getTicket() {
        return ticket;
    }

    /** The address under which a person opens it; empty if it is not known. */
    @Exported
    public String getUrl() {
        return url;
    }

    /** Why the build was not started. */
    @Exported
    public String getReason() {
        return reason;
    }

    /** Who or what wanted to start it; empty if nobody knows. */
    @Exported
    public String getCauses() {
        return causes;
    }
}
