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

/** Reads single tickets of one instance. */
public final class Tickets {

    private final TableApi tables;

    public Tickets(Instance instance) {
        tables = new TableApi(instance);
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
