package io.jenkins.plugins.servicenowconnector.engine.ticket.update;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import java.io.Serializable;
import java.util.List;

/**
 * What became of all tickets that were to be changed.
 *
 * @param outcomes one for each ticket, in the order in which they were found
 */
public record Updated(List<UpdateOutcome> outcomes) implements Serializable {

    /** So many are named in an error; all of them stand in the log. */
    private static final int NAMED = 5;

    public Updated {
        outcomes = List.copyOf(outcomes);
    }

    /** Nothing has been done yet. */
    public static final Updated NOTHING = new Updated(List.of());

    /** Whether running the same change again may help a ticket by itself; never after a refusal that would lock the account. */
    public boolean mayBeRunAgain() {
        return open().stream().anyMatch(UpdateOutcome::isPassing)
                && open().stream().noneMatch(each -> each.failure().kind() == Kind.UNAUTHENTICATED);
    }

    /** What keeps the first ticket for which a second run may help from being changed; null if there is none. */
    public ServiceNowException delay() {
        return outcomes.stream()
                .filter(UpdateOutcome::isPassing)
                .map(UpdateOutcome::failure)
                .findFirst()
                .orElse(null);
    }

    /**
     * Raises an error if a ticket was not changed. The first failure that will not pass by itself decides its kind.
     *
     * @throws ServiceNowException for a single ticket its own error, for several one that names them
     */
    public void check() throws ServiceNowException {
        List<UpdateOutcome> open = open();
        if (open.isEmpty()) {
            return;
        }
        UpdateOutcome worst = open.stream()
                .filter(each -> !each.failure().isPassing())
                .findFirst()
                .orElse(open.get(0));
        throw outcomes.size() == 1
                ? worst.error()
                : new ServiceNowException(worst.error().kind(), sentence(open), Facts.NONE);
    }

    /**
     * Raises an error if ServiceNow did not take every field of every ticket that was written.
     *
     * @throws ServiceNowException {@link ServiceNowException.Kind#NOT_TAKEN} for the first such ticket
     */
    public void checkTaken() throws ServiceNowException {
        for (UpdateOutcome each : outcomes) {
            ServiceNowException failure = each.report().failure(each.ticket());
            if (failure != null) {
                throw failure;
            }
        }
    }

    private String sentence(List<UpdateOutcome> open) {
        StringBuilder text = new StringBuilder()
                .append(open.size())
                .append(" of ")
                .append(outcomes.size())
                .append(" tickets were not updated; a second run does the rest.");
        open.stream().limit(NAMED).forEach(each -> text.append(' ').append(each.sentence()));
        return open.size() <= NAMED ? text.toString() : text + " And " + (open.size() - NAMED) + " more.";
    }

    private List<UpdateOutcome> open() {
        return outcomes.stream().filter(each -> !each.isDone()).toList();
    }
}
