package io.jenkins.plugins.servicenowconnector.engine.approval;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.rest.UserQuery;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSearch;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.TicketSelection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a ticket must be that a person may name: of one type, open, found by a filter, and meeting conditions. */
public final class WantedTicket {

    private static final String ACTIVE = "active";

    private final String table;
    private final UserQuery filter;
    private final Criteria mustMatch;

    private WantedTicket(String table, UserQuery filter, Criteria mustMatch) {
        this.table = table;
        this.filter = filter;
        this.mustMatch = mustMatch;
    }

    /**
     * Reads what a user gives; a text that is null or blank is not given.
     *
     * @param ticketType the table; {@code change_request} if not given
     * @param filter an encoded query
     * @param mustMatch conditions, one on each line, that must all hold
     * @throws ServiceNowException bad input that names the parameter
     */
    public static WantedTicket of(String ticketType, String filter, String mustMatch) throws ServiceNowException {
        return new WantedTicket(
                isGiven(ticketType) ? Syntax.table("ticketType", ticketType) : "change_request",
                isGiven(filter) ? UserQuery.parse("filter", filter) : null,
                Criteria.parseLines("mustMatch", mustMatch));
    }

    /**
     * What a ticket is named by: its number, or its sys_id.
     *
     * @param parameter what the user calls it
     * @throws ServiceNowException bad input, if it is neither
     */
    public static TicketKey key(String parameter, String text) throws ServiceNowException {
        String given = text == null ? "" : text.strip();
        return Syntax.isSysId(given.toLowerCase(Locale.ROOT))
                ? TicketKey.sysId(parameter, given)
                : TicketKey.number(parameter, given);
    }

    /** The table of the ticket, in lower case. */
    public String table() {
        return table;
    }

    /**
     * Reads the ticket with one request, two if there is a filter, and refuses it if it is not what is wanted. What it holds
     * is not told: who names a ticket need not be somebody who may read it.
     *
     * @throws ServiceNowException not found; bad input with a sentence, if it is not wanted; a failure of the call
     */
    public Ticket find(Instance instance, TicketKey key) throws ServiceNowException, InterruptedException {
        Ticket ticket = new Tickets(instance).get(table, key, mustMatch == null ? Set.of() : mustMatch.fields());
        if (!ticket.has(ACTIVE)) {
            throw refused(
                    ticket,
                    "does not show whether it is open: " + table
                            + " has no field active, or the account may not read it.");
        }
        if (!ticket.value(ACTIVE).equals("true")) {
            throw refused(ticket, "is closed (state " + ticket.displayValue("state") + "); name an open one.");
        }
        if (mustMatch != null) {
            checkConditions(ticket);
        }
        if (filter != null && !isFiltered(instance, ticket)) {
            throw refused(
                    ticket,
                    "is not among the tickets that may be named here: "
                            + filter.query().text() + ".");
        }
        return ticket;
    }

    private void checkConditions(Ticket ticket) throws ServiceNowException {
        Verdict verdict = mustMatch.check(ticket);
        if (!verdict.met()) {
            String unmet = verdict.findings().stream()
                    .filter(finding -> !finding.met())
                    .map(Finding::condition)
                    .collect(Collectors.joining(" and "));
            throw refused(ticket, "is not one that may be named here: it must have " + unmet + ".");
        }
    }

    private boolean isFiltered(Instance instance, Ticket ticket) throws ServiceNowException, InterruptedException {
        // a condition holds for its own group alone (servicenow-rest §1.5)
        String query = Arrays.stream(filter.query().text().split("\\^NQ"))
                .map(group -> "sys_id=" + ticket.sysId() + "^" + group)
                .collect(Collectors.joining("^NQ"));
        TicketSelection one =
                new TicketSelection(table, null, UserQuery.parse("filter", query), Map.of("sys_id", ticket.sysId()), 1);
        return !new TicketSearch(instance).find(one, Set.of("number")).isEmpty();
    }

    private static ServiceNowException refused(Ticket ticket, String sentence) {
        return new ServiceNowException(Kind.BAD_INPUT, ticket.name() + " " + sentence, Facts.NONE);
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isBlank();
    }
}
