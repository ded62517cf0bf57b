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
import java.util.Map;
import java.util.Set;

/** Reads the tickets that a user selects, with one request. */
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
        List<Ticket> tickets = find(selection, TicketFields.usualAnd(asked));
        boolean isMore = tickets.size() > selection.limit();
        List<Ticket> shown = isMore ? tickets.subList(0, selection.limit()) : tickets;
        return new Found(shown, isMore, shown.isEmpty() ? List.of() : missing(asked, shown));
    }

    /**
     * The tickets with exactly these fields, and one more than the limit if there are more.
     *
     * @throws ServiceNowException as {@link #read} does
     */
    public List<Ticket> find(TicketSelection selection, Set<String> fields)
            throws ServiceNowException, InterruptedException {
        String table = selection.table();
        if (selection.isOne()) {
            TicketKey key = selection.key();
            Rows rows = tables.query(table, EncodedQuery.where(key.field(), key.value()), fields, 2);
            return List.of(Tickets.only(table, key, rows));
        }
        Set<String> asked = new LinkedHashSet<>(fields);
        asked.addAll(selection.query().fields());
        int most = selection.limit() + 1;
        checkLength(selection, asked, most);
        Rows rows = tables.query(table, selection.query().query(), asked, most);
        selection.query().checkAnswer(table, rows);
        List<Ticket> found = new ArrayList<>();
        for (Row row : rows.rows()) {
            checkEqual(selection, row);
            found.add(Ticket.of(table, row));
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

    private static void checkEqual(TicketSelection selection, Row row) throws ServiceNowException {
        for (Map.Entry<String, String> wanted : selection.equal().entrySet()) {
            if (!row.value(wanted.getKey()).equalsIgnoreCase(wanted.getValue())) {
                throw new ServiceNowException(
                        Kind.PROTOCOL,
                        "ServiceNow answered with " + row.value("number") + ", whose " + wanted.getKey() + " is not "
                                + wanted.getValue() + ", so the answer is not trusted.",
                        Facts.NONE);
            }
        }
    }

    private static List<String> missing(Set<String> asked, List<Ticket> tickets) {
        return asked.stream()
                .filter(field -> tickets.stream().noneMatch(ticket -> ticket.has(field)))
                .toList();
    }
}
