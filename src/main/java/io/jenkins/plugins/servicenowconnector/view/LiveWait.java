package io.jenkins.plugins.servicenowconnector.view;

import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.engine.approval.Decision;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import io.jenkins.plugins.servicenowconnector.wait.ApprovalWait;
import io.jenkins.plugins.servicenowconnector.wait.Sight;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A wait that goes on, as pages show it: nothing of it is stored, and showing it costs no call. */
@ExportedBean(defaultVisibility = 2)
public final class LiveWait {

    /** In the same moment begun: by their tickets, so that rows keep their places when a page is shown again. */
    static final Comparator<Waiter> OLDEST_FIRST = Comparator.comparing(
                    (Waiter waiter) -> waiter.approval().began())
            .thenComparing(waiter -> waiter.approval().ticketName())
            .thenComparing(waiter -> waiter.approval().id());

    private final Waiter waiter;
    private final ApprovalWait wait;
    private final Instant now = Instant.now();

    /** What the last look has shown; null if there was none, or nothing of it may be shown. */
    private final Sight sight;

    LiveWait(Waiter waiter) {
        this.waiter = waiter;
        this.wait = waiter.approval();
        this.sight = waiter.showsTicket() ? wait.sight() : null;
    }

    /** Whether the current user may know that somebody waits: who may see the job may see its waits. */
    static boolean isVisible(Waiter waiter) {
        return isVisible(waiter.job());
    }

    /** The same of all waits of a job. */
    static boolean isVisible(Item job) {
        return job.hasPermission(Item.READ);
    }

    /** Whether it is this ticket that is waited for. */
    boolean isFor(BuildTicket ticket) {
        return ticket.isTicketOf(wait);
    }

    /** What identifies it in all of Jenkins. */
    @Exported
    public String getId() {
        return wait.id();
    }

    /** What people call the ticket. */
    @Exported
    public String getTicket() {
        return wait.ticketName();
    }

    /** The ticket's table. */
    @Exported
    public String getTable() {
        return wait.target().table();
    }

    /** The address under which a person opens the ticket; null before it was seen, or if its connector is gone. */
    @Exported
    public String getUrl() {
        Sight last = wait.sight();
        boolean byKey = wait.key().field().equals("sys_id");
        if (last == null && !byKey) {
            return null;
        }
        try {
            Ticket ticket = last == null ? new Ticket(getTable(), wait.key().value(), "", Map.of()) : last.ticket();
            return TicketLink.to(
                    Connectors.find(wait.target().connector(), waiter.place(), waiter.job())
                            .link(),
                    ticket);
        } catch (ServiceNowException e) {
            return null;
        }
    }

    /** The connector's id. */
    @Exported
    public String getConnector() {
        return wait.target().connector().replaceFirst("^global:", "");
    }

    /** The ticket's title; empty if unknown. */
    @Exported
    public String getShortDescription() {
        return sight == null ? "" : sight.ticket().displayValue("short_description");
    }

    /** The ticket's state as people read it; empty if unknown. */
    @Exported
    public String getState() {
        return sight == null ? "" : sight.ticket().displayValue("state");
    }

    /** What is missing, or why it cannot be told, in a phrase; empty if it may not be shown. */
    @Exported
    public String getStatus() {
        return waiter.showsTicket() ? wait.status() : "";
    }

    /** Whether the ticket is approved and only its change window is waited for. */
    @Exported
    public boolean isWaitingForWindow() {
        return sight != null && sight.judgement().decision() instanceof Decision.WaitingForWindow;
    }

    /** The change window with where the last look stood to it; empty if there is none. */
    @Exported
    public String getWindow() {
        return sight == null ? "" : sight.judgement().window();
    }

    /** What the criteria found at the last look; empty before the first one. */
    @Exported
    public List<ShownCriteria> getCriteria() {
        return sight == null
                ? List.of()
                : sight.judgement().verdicts().stream().map(ShownCriteria::new).toList();
    }

    /** What people call the place where it waits. */
    @Exported
    public String getWaiter() {
        return waiter.title();
    }

    /** The address of that place, below Jenkins' own. */
    @Exported
    public String getWaiterUrl() {
        return waiter.url();
    }

    /** Since when, in milliseconds since the epoch. */
    @Exported
    public long getBegan() {
        return wait.began().toEpochMilli();
    }

    /** When it gives up, in milliseconds since the epoch. */
    @Exported
    public long getDeadline() {
        return wait.deadline().toEpochMilli();
    }

    /** When the last look was made that worked, in milliseconds since the epoch; null if there was none. */
    @Exported
    public Long getLastCheck() {
        Sight last = wait.sight();
        return last == null ? null : last.at().toEpochMilli();
    }

    /** When the next look is due, in milliseconds since the epoch; null while it is being made. */
    @Exported
    public Long getNextCheck() {
        return Waits.get().nextLook(wait).map(Instant::toEpochMilli).orElse(null);
    }

    /** For views: since when. */
    public Date getBeganTime() {
        return new Date(getBegan());
    }

    /** For views: when it gives up. */
    public Date getDeadlineTime() {
        return new Date(getDeadline());
    }

    /** For views: how long ago the last look was; null if there was none. */
    public String getLastAgo() {
        Long last = getLastCheck();
        return last == null ? null : span(Duration.between(Instant.ofEpochMilli(last), now));
    }

    /** For views: how long until the next look; null if it is due or being made. */
    public String getNextIn() {
        Long next = getNextCheck();
        return next == null || next <= now.toEpochMilli()
                ? null
                : span(Duration.between(now, Instant.ofEpochMilli(next)));
    }

    /** Whole seconds: people do not wait in milliseconds. */
    private static String span(Duration time) {
        return Util.getTimeSpanString(Math.max(1, time.toSeconds()) * 1000);
    }

    /** For views: whether the current user may have it looked at. */
    public boolean isCheckable() {
        return waiter.job().hasPermission(Item.BUILD);
    }

    /** Whether nothing of the ticket may be shown but its number. */
    @Exported
    public boolean isNumberOnly() {
        return !waiter.showsTicket();
    }

    /** For views: what a screen reader is told when it changes. */
    public String getSays() {
        return isWaitingForWindow()
                ? Messages.LiveWait_window(getTicket())
                : Messages.LiveWait_waiting(getTicket(), getStatus());
    }
}
