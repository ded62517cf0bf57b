package io.jenkins.plugins.servicenowconnector.engine.ticket.search;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.NeverWritten;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import io.jenkins.plugins.servicenowconnector.engine.rest.UserQuery;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which tickets a user names; a text that is null or blank is not given.
 *
 * @param ticketType the table; not given for {@code change_request}, or for the tasks of a change
 * @param ticketNumber the one ticket's number
 * @param sysId the one ticket's key
 * @param query an encoded query for several
 * @param changeTasksOf the number of the change whose tasks are meant
 * @param changeTaskType only its tasks of this type, such as {@code implementation}
 * @param limit how many a query or the tasks of a change may be; null if not given
 */
public record SelectionInput(
        String ticketType,
        String ticketNumber,
        String sysId,
        String query,
        String changeTasksOf,
        String changeTaskType,
        Integer limit) {

    private static final String CHANGE = "change_request";
    private static final String TASK = "change_task";
    private static final String CHANGE_NUMBER = "change_request.number";
    private static final String TASK_TYPE = "change_task_type";
    private static final Pattern TASK_TYPE_VALUE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_ -]{0,39}");

    private static final int READ_BY_DEFAULT = 50;
    private static final int READ_AT_MOST = 1000;
    private static final int CHANGED_BY_DEFAULT = 1;
    private static final int TASKS_BY_DEFAULT = 20;
    private static final int CHANGED_AT_MOST = 500;

    /** One ticket, or the tickets of a query. */
    public static SelectionInput of(String ticketType, String ticketNumber, String sysId, String query, Integer limit) {
        return new SelectionInput(ticketType, ticketNumber, sysId, query, null, null, limit);
    }

    /** The tasks of a change. */
    public static SelectionInput tasksOf(String changeTasksOf, String changeTaskType, Integer limit) {
        return new SelectionInput(null, null, null, null, changeTasksOf, changeTaskType, limit);
    }

    /** Tickets to read: a query gives at most {@code limit} of them, 50 if none is given, never over 1,000. */
    public TicketSelection toRead() throws ServiceNowException {
        return read(READ_BY_DEFAULT, READ_AT_MOST);
    }

    /**
     * Tickets to change: a query may find at most {@code limit} of them, 1 if none is given, 20 tasks of a change, never over
     * 500.
     */
    public TicketSelection toUpdate() throws ServiceNowException {
        TicketSelection selection =
                read(isGiven(changeTasksOf) ? TASKS_BY_DEFAULT : CHANGED_BY_DEFAULT, CHANGED_AT_MOST);
        NeverWritten.checkTable("ticketType", selection.table());
        return selection;
    }

    private TicketSelection read(int byDefault, int atMost) throws ServiceNowException {
        long ways = Stream.of(ticketNumber, sysId, query, changeTasksOf)
                .filter(SelectionInput::isGiven)
                .count();
        if (ways == 0) {
            throw ServiceNowException.badInput(
                    "ticketNumber",
                    "is missing: give it, or sysId, query or changeTasksOf, to say which ticket is meant.");
        }
        if (ways > 1) {
            throw ServiceNowException.badInput(
                    "ticketNumber", "and sysId, query and changeTasksOf exclude each other: give one of them.");
        }
        if (isGiven(changeTaskType) && !isGiven(changeTasksOf)) {
            throw ServiceNowException.badInput(
                    "changeTaskType", "belongs to changeTasksOf: give that too, or leave it out.");
        }
        if (isGiven(changeTasksOf)) {
            return tasks(limit(byDefault, atMost));
        }
        String table = Syntax.table("ticketType", isGiven(ticketType) ? ticketType : CHANGE);
        return isGiven(query) ? several(table, limit(byDefault, atMost)) : one(table);
    }

    private TicketSelection one(String table) throws ServiceNowException {
        if (limit != null) {
            throw ServiceNowException.badInput("limit", "belongs to query or changeTasksOf: one ticket needs none.");
        }
        TicketKey key =
                isGiven(sysId) ? TicketKey.sysId("sysId", sysId) : TicketKey.number("ticketNumber", ticketNumber);
        return new TicketSelection(table, key, null, Map.of(), 1);
    }

    private TicketSelection several(String table, int most) throws ServiceNowException {
        UserQuery read = UserQuery.parse("query", query);
        for (String field : read.fields()) {
            if (TicketFields.isJournal(field)) {
                throw ServiceNowException.badInput(
                        "query", "names " + field + ", a journal, whose entries are not read here.");
            }
        }
        return new TicketSelection(table, null, read, Map.of(), most);
    }

    private TicketSelection tasks(int most) throws ServiceNowException {
        if (isGiven(ticketType) && !ticketType.strip().equalsIgnoreCase(TASK)) {
            throw ServiceNowException.badInput("ticketType", "must be change_task or left out beside changeTasksOf.");
        }
        Map<String, String> equal = new LinkedHashMap<>();
        equal.put(CHANGE_NUMBER, Syntax.number("changeTasksOf", changeTasksOf));
        if (isGiven(changeTaskType)) {
            equal.put(TASK_TYPE, taskType());
        }
        Set<String> conditions = new LinkedHashSet<>();
        equal.forEach((field, value) -> conditions.add(field + "=" + value));
        UserQuery read = UserQuery.parse("changeTasksOf", String.join("^", conditions));
        return new TicketSelection(TASK, null, read, equal, most);
    }

    private String taskType() throws ServiceNowException {
        String type = changeTaskType.strip();
        if (!TASK_TYPE_VALUE.matcher(type).matches()) {
            throw ServiceNowException.badInput("changeTaskType", "must be the stored value, such as implementation.");
        }
        return type;
    }

    private int limit(int byDefault, int atMost) throws ServiceNowException {
        if (limit == null) {
            return byDefault;
        }
        if (limit < 1 || limit > atMost) {
            throw ServiceNowException.badInput("limit", "must be between 1 and " + atMost + ".");
        }
        return limit;
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isBlank();
    }
}
