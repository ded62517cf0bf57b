package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/** Reads who was asked to approve a ticket, with what they said. */
public final class Approvers {

    private static final String TABLE = "sysapproval_approver";
    private static final int MOST = 200;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** By these an answer is known to be of the ticket, and an answer at all. */
    private static final List<String> KEYS = List.of("sysapproval", "state");

    /**
     * A person's group is a group of users or, through which the group was asked, a row of {@code sysapproval_group}; sources
     * do not say which (servicenow-rest §5.5 [?]), and the path that does not exist leaves no trace in the answer.
     */
    private static final List<String> FIELDS = List.of(
            "sysapproval",
            "state",
            "approver",
            "approver.name",
            "approver.user_name",
            "approver.email",
            "group",
            "group.assignment_group",
            "sys_updated_on",
            "sys_updated_by",
            "comments");

    private final TableApi tables;

    public Approvers(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Who approved or rejected a ticket, the first answer first; with two requests where there is none.
     *
     * @param sysId the ticket's key
     * @return empty if nobody has answered, as for a change that needs nobody's approval
     * @throws ServiceNowException {@link Kind#FORBIDDEN} if there are answers that the account may not read
     */
    public List<Approver> decided(String sysId) throws ServiceNowException, InterruptedException {
        EncodedQuery query =
                EncodedQuery.where("sysapproval", sysId).and(EncodedQuery.in("state", List.of("approved", "rejected")));
        Rows rows = tables.query(TABLE, query, FIELDS, MOST);
        boolean hidden = rows.rows().isEmpty()
                ? tables.count(TABLE, query) > 0
                : rows.rows().stream().noneMatch(row -> row.fields().keySet().containsAll(KEYS));
        if (hidden) {
            throw new ServiceNowException(
                    Kind.FORBIDDEN,
                    "Who decided may not be read: the account needs the right to read " + TABLE
                            + " with the fields sysapproval, state.",
                    Facts.NONE.from(rows.sentFrom()));
        }
        return rows.rows().stream()
                .filter(row -> row.value("sysapproval").equals(sysId))
                .filter(row -> List.of("approved", "rejected").contains(row.value("state")))
                .map(Approvers::approver)
                .sorted(Comparator.comparing(Approver::time))
                .toList();
    }

    private static Approver approver(Row row) {
        String group = shown(row, "group.assignment_group");
        String name = row.value("approver.name");
        return new Approver(
                name.isEmpty() ? shown(row, "approver") : name,
                row.value("approver.user_name"),
                row.value("approver.email"),
                group.isEmpty() ? shown(row, "group") : group,
                row.value("state"),
                row.value("sys_updated_on"),
                row.value("sys_updated_by"),
                shown(row, "comments"));
    }

    private static String shown(Row row, String field) {
        return row.fields().getOrDefault(field, FieldValue.EMPTY).displayValue();
    }

    /**
     * Whether somebody has rejected a ticket since a moment.
     *
     * <p>The moment is compared here, not in the query, where sources disagree about the time zone (servicenow-rest §1.6).
     */
    public boolean rejectedSince(String sysId, Instant since) throws ServiceNowException, InterruptedException {
        EncodedQuery query = EncodedQuery.where("sysapproval", sysId).and(EncodedQuery.where("state", "rejected"));
        Rows rows = tables.query(TABLE, query, List.of("sysapproval", "state", "sys_updated_on"), MOST);
        String moment = UTC.format(since);
        return rows.rows().stream()
                .filter(row -> row.value("sysapproval").equals(sysId))
                .filter(row -> row.value("state").equals("rejected"))
                .anyMatch(row -> row.value("sys_updated_on").compareTo(moment) >= 0);
    }
}
