package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.console.ModelHyperlinkNote;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Queue;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.export.Exported;

/** Says that a build has started because a ticket was approved. */
public final class GateCause extends Cause {

    private final String ticket;
    private final String url;

    GateCause(BuildTicket ticket) {
        this.ticket = ticket.getName();
        this.url = ticket.getUrl();
    }

    /** Says it of an item, in place of what was said before. */
    static void add(Queue.Item item, BuildTicket ticket) {
        List<Cause> causes = others(item);
        causes.add(new GateCause(ticket));
        item.replaceAction(new CauseAction(causes));
    }

    /** Gives an item back the causes that it has without its ticket. */
    static void removeFrom(Queue.Item item) {
        List<Cause> causes = others(item);
        if (causes.size() < item.getCauses().size()) {
            item.replaceAction(new CauseAction(causes));
        }
    }

    private static List<Cause> others(Queue.Item item) {
        List<Cause> causes = new ArrayList<>(item.getCauses());
        causes.removeIf(GateCause.class::isInstance);
        return causes;
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
