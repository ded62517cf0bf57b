package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Refusals;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Digest;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Doubt;
import io.jenkins.plugins.servicenowconnector.engine.ticket.shape.AffectedItem.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Attaches configuration items to a ticket as rows of {@code task_ci}, each once.
 *
 * <p>Doing it again, after a restart or when an outcome was unknown, adds only what is missing: it looks first, and each row has
 * a key that follows from ticket and item, which an instance refuses the second time (or gives another one, servicenow-rest
 * §1.1).
 */
public final class AffectedItems {

    private static final String TABLE = "task_ci";
    private static final String TASK = "task";
    private static final String ITEM = "ci_item";
    private static final List<String> FIELDS = List.of("sys_id", TASK, ITEM);
    private static final int MOST = 1000;

    private final TableApi tables;

    public AffectedItems(Instance instance) {
        tables = new TableApi(instance);
    }

    /**
     * Attaches items: one request to look, then one for each that is missing.
     *
     * @param ticket the ticket's sys_id
     * @param items the items; none asks for nothing
     * @return what became of each, in the same order
     * @throws ServiceNowException if the first look fails, or if nothing can be sent for now (no agent, rate limit): doing it
     *     again later is safe
     */
    public List<AffectedItem> add(String ticket, List<ConfigurationItem> items)
            throws ServiceNowException, InterruptedException {
        List<AffectedItem> outcomes = new ArrayList<>();
        if (items.isEmpty()) {
            return outcomes;
        }
        Set<String> there = there(ticket);
        String stopped = null;
        for (ConfigurationItem item : items) {
            AffectedItem outcome = there.contains(item.sysId())
                    ? new AffectedItem(item, Outcome.ALREADY_THERE, "")
                    : stopped == null ? addOne(ticket, item) : new AffectedItem(item, Outcome.FAILED, stopped);
            outcomes.add(outcome);
            if (outcome.outcome() == Outcome.UNKNOWN) {
                // the rest would meet the same trouble, each with the whole time that a call may take
                stopped = "not tried, because the one before had no good answer.";
            }
        }
        return outcomes;
    }

    private Set<String> there(String ticket) throws ServiceNowException, InterruptedException {
        Set<String> there = new HashSet<>();
        for (Row row : tables.query(TABLE, EncodedQuery.where(TASK, ticket), FIELDS, MOST)
                .rows()) {
            if (row.value(TASK).equals(ticket)) {
                there.add(row.value(ITEM));
            }
        }
        return there;
    }

    private AffectedItem addOne(String ticket, ConfigurationItem item)
            throws ServiceNowException, InterruptedException {
        try {
            Map<String, String> values = Map.of(
                    "sys_id", new Digest(TABLE).add(ticket).add(item.sysId()).hex(), TASK, ticket, ITEM, item.sysId());
            Row row = tables.create(TABLE, values, FIELDS);
            boolean isTaken = row.value(TASK).equals(ticket) && row.value(ITEM).equals(item.sysId());
            return isTaken
                    ? new AffectedItem(item, Outcome.ADDED, "")
                    : new AffectedItem(
                            item, Outcome.FAILED, "ServiceNow made a row in task_ci but did not take task and item.");
        } catch (ServiceNowException e) {
            if (!e.mayHaveArrived() && e.isPassing()) {
                throw e;
            }
            return afterFailure(ticket, item, e);
        }
    }

    private AffectedItem afterFailure(String ticket, ConfigurationItem item, ServiceNowException failure)
            throws InterruptedException {
        // the key follows from ticket and item, so the row that has it is this one
        if (Refusals.isDuplicate(failure.facts())) {
            return new AffectedItem(item, Outcome.ALREADY_THERE, "");
        }
        try {
            if (failure.mayHaveArrived() && there(ticket).contains(item.sysId())) {
                return new AffectedItem(item, Outcome.ADDED, "");
            }
        } catch (ServiceNowException e) {
            return new AffectedItem(item, Outcome.UNKNOWN, failure.sentence());
        }
        return new AffectedItem(item, Doubt.remains(failure) ? Outcome.UNKNOWN : Outcome.FAILED, failure.sentence());
    }
}
