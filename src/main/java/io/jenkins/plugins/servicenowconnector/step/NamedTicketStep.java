package io.jenkins.plugins.servicenowconnector.step;

import hudson.Util;
import java.io.Serial;
import org.kohsuke.stapler.DataBoundSetter;

/** A step about tickets that are there: by number, or by sys_id. */
public abstract class NamedTicketStep extends TicketStep {

    @Serial
    private static final long serialVersionUID = 1L;

    private String ticketType;
    private String ticketNumber;
    private String sysId;

    /** The table; null for change_request. */
    public String getTicketType() {
        return ticketType;
    }

    @DataBoundSetter
    public void setTicketType(String ticketType) {
        this.ticketType = Util.fixEmptyAndTrim(ticketType);
    }

    /** The ticket's number; null if it is not named by it. */
    public String getTicketNumber() {
        return ticketNumber;
    }

    @DataBoundSetter
    public void setTicketNumber(String ticketNumber) {
        this.ticketNumber = Util.fixEmptyAndTrim(ticketNumber);
    }

    /** The ticket's key; null if it is not named by it. */
    public String getSysId() {
        return sysId;
    }

    @DataBoundSetter
    public void setSysId(String sysId) {
        this.sysId = Util.fixEmptyAndTrim(sysId);
    }
}
