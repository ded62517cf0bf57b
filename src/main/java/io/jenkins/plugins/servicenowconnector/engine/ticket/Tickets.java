package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Creates tickets of one instance, or reads single ones. */
public final class Tickets {

    private final TableApi tables;

    public Tickets(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Creates a ticket with one request.
     *
     * @param order what to create
     * @param correlationId a text that no other ticket carries, by which it can be found again; at most 100 characters
     * @throws ServiceNowException {@link Kind#OUTCOME_UNKNOWN} if the request may have arrived but no answer says so
     */
    public Created create(NewTicket order, String correlationId) throws ServiceNowException, InterruptedException {
        NewTicket marked =
                order.withDefault("correlation_id", correlationId).withDefault("correlation_display", "Jenkins");
        try {
            Row row = tables.create(
                    order.table(),
                    marked.values(),
                    TicketFields.usualAnd(marked.values().keySet()));
            return Created.of(order, row);
        } catch (ServiceNowException e) {
            if (!Doubt.remains(e)) {
                throw e;
            }
            String query = "correlation_id=" + marked.values().get("correlation_id");
            throw Doubt.unknown(e, order.table(), query);
        }
    }

    /**
     * The ticket that carries a correlation id.
     *
     * @return the ticket; null if none carries it
     * @throws ServiceNowException {@link Kind#AMBIGUOUS} if two carry it, {@link Kind#OUTCOME_UNKNOWN} if the table cannot be
     *     asked for it
     */
    public Ticket findByCorrelation(String table, String correlationId)
            throws ServiceNowException, InterruptedException {
        EncodedQuery query = EncodedQuery.where("correlation_id", correlationId);
        Rows rows = tables.query(table, query, TicketFields.usualAnd(List.of("correlation_id")), 2);
        // a query with a field that the table lacks matches everything (servicenow-rest §1.5)
        if (!rows.rows().stream().allMatch(row -> row.value("correlation_id").equalsIgnoreCase(correlationId))) {
            throw new ServiceNowException(
                    Kind.OUTCOME_UNKNOWN,
                    "Whether there is a ticket with correlation_id=" + correlationId + " cannot be told: " + table
                            + " has no such field, or the account may not read it.",
                    Facts.NONE.from(rows.sentFrom()));
        }
        if (rows.rows().size() > 1) {
            throw new ServiceNowException(
                    Kind.AMBIGUOUS,
                    "There is more than one ticket with correlation_id=" + correlationId + " in " + table + ".",
                    Facts.NONE.from(rows.sentFrom()));
        }
        return rows.rows().isEmpty() ? null : Ticket.of(table, rows.rows().get(0));
    }

    /**
     * Reads one ticket.
     *
     * @param table its table
     * @param key its number or sys_id
     * @param fields fields asked for beyond the usual ones; dotted names allowed
     * @throws ServiceNowException {@link Kind#NOT_FOUND} if there is none, {@link Kind#AMBIGUOUS} if there are two
     */
    public Ticket get(String table, TicketKey key, Collection<String> fields)
            throws ServiceNowException, InterruptedException {
        List<String> asked = new ArrayList<>();
        for (String field : fields) {
            asked.add(Syntax.readField("fields", field));
        }
        Rows rows = tables.query(table, EncodedQuery.where(key.field(), key.value()), TicketFields.usualAnd(asked), 2);
        return only(table, key, rows);
    }

    /**
     * The one ticket of an answer that the key means; rows that do not have it do not count.
     *
     * @throws ServiceNowException {@link Kind#NOT_FOUND} if there is none, {@link Kind#AMBIGUOUS} if there are two
     */
    public static Ticket only(String table, TicketKey key, Rows rows) throws ServiceNowException {
        List<Row> same =
                rows.rows().stream().filter(row -> isAskedFor(row, key)).toList();
        Facts facts = Facts.NONE.from(rows.sentFrom());
        if (same.size() > 1) {
            throw new ServiceNowException(
                    Kind.AMBIGUOUS,
                    "There is more than one ticket " + key + " in " + table + "; give the sys_id instead.",
                    facts);
        }
        if (same.isEmpty()) {
            throw new ServiceNowException(
                    Kind.NOT_FOUND,
                    "There is no ticket " + key + " in " + table + " that the account may see; check the number, the"
                            + " ticket type and the account's right to read it.",
                    facts);
        }
        return Ticket.of(table, same.get(0));
    }

    static boolean isAskedFor(Row row, TicketKey key) {
        return row.value(key.field()).equalsIgnoreCase(key.value());
    }
}
