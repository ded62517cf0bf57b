package io.jenkins.plugins.servicenowconnector.job.gate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A build that did not start, and why. */
public final class NotStarted {

    private final String id;
    private final long atMillis = System.currentTimeMillis();
    private final String ticket;
    private final String url;
    private final String reason;
    private String note = "";

    NotStarted(String id, String ticket, String url, String reason) {
        this.id = id;
        this.ticket = ticket;
        this.url = url;
        this.reason = reason;
    }

    String id() {
        return id;
    }

    /** When it was decided, in UTC. */
    public String getAt() {
        return Instant.ofEpochMilli(atMillis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The ticket's number, or else its sys_id; empty if there was none. */
    public String getTicket() {
        return ticket;
    }

    /** The address under which a person opens the ticket; empty if it is not known. */
    public String getUrl() {
        return url;
    }

    /** Why it did not start. */
    public String getReason() {
        return reason;
    }

    /** What became of the ticket; empty if nothing was to be done about it. */
    public String getNote() {
        return note;
    }

    void note(String sentence) {
        note = sentence;
    }
}
