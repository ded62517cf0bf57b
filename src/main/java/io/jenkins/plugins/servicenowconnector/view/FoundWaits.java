package io.jenkins.plugins.servicenowconnector.view;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.util.List;
import java.util.Locale;

/** The waits that the current user may see and that a request asks for; others are not even counted. */
public final class FoundWaits {

    /** How many rows a page shows: more would take it longer than people look at it. */
    static final int MOST = 200;

    private final String connector;
    private final String ticket;
    private final List<LiveWait> all;

    private FoundWaits(String connector, String ticket, List<LiveWait> all) {
        this.connector = connector;
        this.ticket = ticket;
        this.all = all;
    }

    /**
     * Searches.
     *
     * @param connector the id of the only connector that counts; null or blank for all
     * @param ticket what the ticket's number must contain; null or blank for all
     */
    static FoundWaits search(String connector, String ticket) {
        String id = Util.fixEmptyAndTrim(connector);
        String part = Util.fixEmptyAndTrim(ticket);
        List<LiveWait> all = Waits.get().all().stream()
                .filter(LiveWait::isVisible)
                .sorted(LiveWait.OLDEST_FIRST)
                .map(LiveWait::new)
                .filter(wait -> id == null || wait.getConnector().equalsIgnoreCase(id))
                .filter(wait -> part == null || lower(wait.getTicket()).contains(lower(part)))
                .toList();
        return new FoundWaits(id, part, all);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** The id of the only connector that counts; null for all. */
    public String getConnector() {
        return connector;
    }

    /** What the ticket's number must contain; null for all. */
    public String getTicket() {
        return ticket;
    }

    /** All of them, the oldest first. */
    public List<LiveWait> getAll() {
        return all;
    }

    /** Those that fit on a page, the oldest first. */
    public List<LiveWait> getShown() {
        return all.size() <= MOST ? all : all.subList(0, MOST);
    }

    /** How many there are. */
    public int getCount() {
        return all.size();
    }

    /** How many there are and how many are shown, in a sentence. */
    public String getSentence() {
        if (isCut()) {
            return Messages.FoundWaits_cut(MOST, all.size());
        }
        return all.size() == 1 ? Messages.FoundWaits_one() : Messages.FoundWaits_several(all.size());
    }

    /** The part of an address that asks for the same; empty for all. */
    public String getQuery() {
        String query = (connector == null ? "" : "&connector=" + Util.rawEncode(connector))
                + (ticket == null ? "" : "&ticket=" + Util.rawEncode(ticket));
        return query.isEmpty() ? "" : "?" + query.substring(1);
    }

    /** Whether there are more than fit on a page. */
    public boolean isCut() {
        return all.size() > MOST;
    }

    /** Whether only some were asked for. */
    public boolean isFiltered() {
        return connector != null || ticket != null;
    }
}
