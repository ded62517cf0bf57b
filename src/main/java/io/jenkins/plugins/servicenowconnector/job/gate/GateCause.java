package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import org.kohsuke.stapler.export.Exported;

/** Says that a build has started because a ticket was approved. */
public final class GateCause extends Cause {

    private final String ticket;
    private final String url;

    GateCause(BuildTicket ticket) {
        this.ticket = ticket.getName();
        this.url = ticket.getUrl();
    }

    /** The ticket's number. */
    @Exported(visibility = 3)
    public String getTicket() {
        return ticket;
    }

    /** The address under which a person opens the ticket. */
    @Exported(visibility = 3)
    public String getUrl() {
        return url;
    }

    @Override
    public String getShortDescription() {
        return Messages.GateCause_approved(ticket);
    }

    @Override
    public void print(TaskListener listener) {
        listener.getLogger().println(Messages.GateCause_approved(ModelHyperlinkNote.encodeTo(url, ticket)));
    }
}
