package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Tickets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the tickets that a user selects: with one request, unless some that match may not be read. */
public final class TicketSearch {

    private final TableApi tables;

    public TicketSearch(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Reads tickets.
     *
     * @param selection which
     * @param fields fields asked for beyond the usual ones; dotted names allowed, journals are refused
     * @throws ServiceNowException {@link Kind#NOT_FOUND} or {@link Kind#AMBIGUOUS} if a key leads to none or two; a query may
     *     find none
     */
    public Found read(TicketSelection selection, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        Set<String> asked = new LinkedHashSet<>();
        for (String field : fields) {
            asked.add(Syntax.readField("fields", field));
            if (TicketFields.isJournal(field.strip())) {
                throw ServiceNowException.badInput(
                        "fields", "names " + field.strip() + ", a journal, whose entries are not read into a build.");
            }
        }
        Set<String> all = TicketFields.usualAnd(asked);
        if (selection.isOne()) {
            List<Ticket> one = List.of(only(selection, all));
            return new Found(one, false, 0, missing(asked, one));
        }
        Matches matches = matches(selection, all);
        matches.readAll();
        List<Ticket> tickets = tickets(selection, matches);
        boolean isMore = matches.isMore();
        List<Ticket> shown = isMore ? tickets.subList(0, selection.limit()) : tickets;
        return new Found(
                shown,
                isMore || matches.isOpen(),
                matches.missing(),
                shown.isEmpty() ? List.of() : missing(asked, shown));
    }

    /**
     * The tickets with exactly these fields, and one more than the limit if there are more. What the account may not read is
     * not among them and does not count.
     *
     * @throws ServiceNowException as {@link #read} does; {@link Kind#FORBIDDEN} if so much may not be read that nobody can tell
     *     how many there are
     */
    public List<Ticket> find(TicketSelection selection, Set<String> fields)
            throws ServiceNowException, InterruptedException {
        if (selection.isOne()) {
            return List.of(only(selection, fields));
        }
        Matches matches = matches(selection, fields);
        matches.readAll();
        if (matches.isOpen()) {
            throw new ServiceNowException(
                    Kind.FORBIDDEN,
                    "So many records of " + selection.table() + " that match " + selection
                            + " may not be read by the account that nobody can tell how many it may, so nothing was done;"
                            + " narrow the query, or give the account the right to read them.",
                    Facts.NONE);
        }
        return tickets(selection, matches);
    }

    /** Some of the tickets, with one request, for whoever offers them to be chosen from. */
    public List<Ticket> some(TicketSelection selection, Set<String> fields)
            throws ServiceNowException, InterruptedException {
        Matches matches = matches(selection, fields);
        matches.readPage();
        return tickets(selection, matches);
    }

    private Ticket only(TicketSelection selection, Set<String> fields)
            throws ServiceNowException, InterruptedException {
        TicketKey key = selection.key();
        Rows rows = tables.query(selection.table(), EncodedQuery.where(key.field(), key.value()), fields, 2);
        return Tickets.only(selection.table(), key, rows);
    }

    private Matches matches(TicketSelection selection, Set<String> fields) throws ServiceNowException {
        Set<String> asked = new LinkedHashSet<>(fields);
        asked.addAll(selection.query().fields());
        asked.add("sys_id");
        checkLength(selection, asked, selection.limit() + 1);
        return new Matches(tables, selection, asked);
    }

    private static List<Ticket> tickets(TicketSelection selection, Matches matches) throws ServiceNowException {
        List<Ticket> found = new ArrayList<>();
        for (Row row : matches.rows()) {
            found.add(Ticket.of(selection.table(), row));
        }
        return found;
    }

    private void checkLength(TicketSelection selection, Set<String> fields, int limit) throws ServiceNowException {
        int length = tables.addressLength(selection.table(), selection.query().query(), fields, limit);
        if (length > TableApi.LONGEST_ADDRESS) {
            throw ServiceNowException.badInput(
                    "query",
                    "is too long: with it the address has " + length + " characters, and more than "
                            + TableApi.LONGEST_ADDRESS + " are refused on the way; give fewer conditions or fields.");
        }
    }

    private static List<String> missing(Set<String> asked, List<Ticket> tickets) {
        return asked.stream()
                .filter(field -> tickets.stream().noneMatch(ticket -> ticket.has(field)))
                .toList();
    }
}
