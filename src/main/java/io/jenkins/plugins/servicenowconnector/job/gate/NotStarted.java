package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.Util;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A build that did not start, and why. */
@ExportedBean(defaultVisibility = 2)
public final class NotStarted {

    private final String id;
    private final long atMillis = System.currentTimeMillis();
    private final String ticket;
    private final String url;
    private final String reason;
    private final String parameters;
    private final String causes;
    private String note = "";

    private NotStarted(GateRecord record, String url, String reason) {
        this.id = record.id();
        this.ticket = record.name();
        this.parameters = record.parameters();
        this.causes = record.starters();
        this.url = url;
        this.reason = reason;
    }

    /** @param url the address under which a person opens the ticket; empty if it is not known */
    static NotStarted of(GateRecord record, String url, String reason) {
        return new NotStarted(record, url, reason);
    }

    String id() {
        return id;
    }

    /** When it was decided, in UTC. */
    @Exported
    public String getAt() {
        return Instant.ofEpochMilli(atMillis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The ticket's number, or else its sys_id; empty if there was none. */
    @Exported
    public String getTicket() {
        return ticket;
    }

    /** The address under which a person opens the ticket; empty if it is not known. */
    @Exported
    public String getUrl() {
        return url;
    }

    /** Why it did not start. */
    @Exported
    public String getReason() {
        return reason;
    }

    /** The parameters that it was to be built with, as people read them; empty for none. */
    @Exported
    public String getParameters() {
        return Util.fixNull(parameters);
    }

    /** Who or what wanted to start it; empty if nobody knows. */
    @Exported
    public String getCauses() {
        return Util.fixNull(causes);
    }

    /** What became of the ticket; empty if nothing was to be done about it. */
    @Exported
    public String getNote() {
        return note;
    }

    void note(String sentence) {
        note = sentence;
    }
}
