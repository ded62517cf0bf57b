package io.jenkins.plugins.servicenowconnector.view;

import java.util.List;

/** The cards of a build's page at one moment. */
public final class BuildCards {

    /** How often a page asks again, in seconds, while something is waited for. */
    private static final int WAITING = 5;

    /** The same while the build runs and may come to wait again, or a ticket is looked for. */
    private static final int RUNNING = 20;

    private final List<LiveWait> waits;
    private final List<BuildTicket> tickets;
    private final List<OpenCreation> open;
    private final boolean running;

    BuildCards(List<LiveWait> waits, List<BuildTicket> tickets, List<OpenCreation> open, boolean running) {
        this.waits = waits;
        this.tickets = tickets;
        this.open = open;
        this.running = running;
    }

    /** The waits that go on, the oldest first. */
    public List<LiveWait> getWaits() {
        return waits;
    }

    /** The tickets that are not waited for now. */
    public List<BuildTicket> getTickets() {
        return tickets;
    }

    /** The creations of which nobody knows whether there is a ticket. */
    public List<OpenCreation> getOpen() {
        return open;
    }

    /** Whether there is anything to show. */
    public boolean isShown() {
        return !waits.isEmpty() || !tickets.isEmpty() || !open.isEmpty();
    }

    /** After how many seconds the page asks again; 0 if nothing changes any more. */
    public int getAgainIn() {
        if (!waits.isEmpty()) {
            return WAITING;
        }
        boolean isLookedFor = open.stream().anyMatch(each -> each.getAnswer() == null);
        return running || isLookedFor ? RUNNING : 0;
    }
}
