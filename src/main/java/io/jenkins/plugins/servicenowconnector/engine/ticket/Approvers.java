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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what the approvers of tickets have said: of many tickets with one request. */
public final class Approvers {

    private static final String TABLE = "sysapproval_approver";

    /** So many answers are read of each ticket, if it is asked for alone. */
    private static final int MOST = 200;

    /** So many in one answer; if there are more, fewer tickets are asked for together. */
    private static final int MOST_TOGETHER = 1_000;

    private static final List<String> DECISIONS = List.of("approved", "rejected");

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

    /** The same of one ticket: who approved or rejected it, the first answer first. */
    public List<Approver> decided(String sysId) throws ServiceNowException, InterruptedException {
        return answers(List.of(sysId), Set.of(sysId)).get(sysId).decided();
    }

    /**
     * What the approvers of tickets have said, with as few requests as the tickets' keys fit into, and one more of each kind
     * where nothing was found.
     *
     * @param sysIds the tickets' keys
     * @param sure those of which it must be known whether answers are hidden; where some are hidden, and some tickets have no
     *     answer that may be seen, each of these counts as hidden
     * @return answers for each ticket
     */
    public Map<String, Answers> answers(Collection<String> sysIds, Collection<String> sure)
            throws ServiceNowException, InterruptedException {
        Map<String, Answers> answers = new LinkedHashMap<>();
        List<String> all = List.copyOf(new LinkedHashSet<>(sysIds));
        for (List<String> batch : KeyBatches.of(all, key -> key, this::addressLength)) {
            answers.putAll(together(batch, sure));
        }
        return answers;
    }

    private int addressLength(String sysId) {
        return tables.addressLength(TABLE, query(List.of(sysId)), FIELDS, MOST_TOGETHER);
    }

    private Map<String, Answers> together(List<String> batch, Collection<String> sure)
            throws ServiceNowException, InterruptedException {
        Rows rows;
        int most = batch.size() == 1 ? MOST : MOST_TOGETHER;
        try {
            rows = tables.query(TABLE, query(batch), FIELDS, most);
        } catch (ServiceNowException e) {
            if (batch.size() > 1 && KeyBatches.isTooLong(e)) {
                return halves(batch, sure);
            }
            throw e;
        }
        if (batch.size() > 1 && rows.rows().size() >= most) {
            return halves(batch, sure);
        }
        Map<String, Answers> answers = new LinkedHashMap<>();
        batch.forEach(sysId -> answers.put(sysId, seen(sysId, rows)));
        List<String> unseen = batch.stream()
                .filter(sure::contains)
                .filter(sysId -> answers.get(sysId).seen().isEmpty())
                .toList();
        if (!unseen.isEmpty() && isHidden(unseen, rows)) {
            unseen.forEach(sysId -> answers.put(sysId, new Answers(List.of(), hidden(rows))));
        }
        return answers;
    }

    private Map<String, Answers> halves(List<String> batch, Collection<String> sure)
            throws ServiceNowException, InterruptedException {
        int middle = batch.size() / 2;
        Map<String, Answers> answers = new LinkedHashMap<>(together(batch.subList(0, middle), sure));
        answers.putAll(together(batch.subList(middle, batch.size()), sure));
        return answers;
    }

    private static EncodedQuery query(List<String> sysIds) {
        return EncodedQuery.in("sysapproval", sysIds).and(EncodedQuery.in("state", DECISIONS));
    }

    private static Answers seen(String sysId, Rows rows) {
        List<Approver> seen = rows.rows().stream()
                .filter(row -> row.value("sysapproval").equals(sysId))
                .filter(row -> DECISIONS.contains(row.value("state")))
                .map(Approvers::approver)
                .sorted(Comparator.comparing(Approver::time))
                .toList();
        return seen.isEmpty() ? Answers.NONE : new Answers(seen, null);
    }

    /** Whether there are answers for tickets that show none: rows that do not say what they are of, or more than came. */
    private boolean isHidden(List<String> unseen, Rows rows) throws ServiceNowException, InterruptedException {
        return rows.rows().stream().anyMatch(row -> !row.fields().keySet().containsAll(KEYS))
                || tables.count(TABLE, query(unseen)) > 0;
    }

    private static ServiceNowException hidden(Rows rows) {
        return new ServiceNowException(
                Kind.FORBIDDEN,
                "Who decided may not be read: the account needs the right to read " + TABLE
                        + " with the fields sysapproval, state.",
                Facts.NONE.from(rows.sentFrom()));
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
}
