package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TableLineage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.CreateState.Stage;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.Identity.Scope;
import java.util.List;
import java.util.Set;

/** Refuses a text of {@code onceFor} that stands for a ticket of another type already: it has one ticket, whatever asks for it. */
final class OnceForType {

    private static final String TASK = "task";
    private static final String TYPE = "sys_class_name";

    private OnceForType() {}

    /**
     * Compares with what this attempt or one before has sent.
     *
     * @throws ServiceNowException bad input if that was of another type
     */
    static void check(CreateState state, String wanted) throws ServiceNowException {
        boolean isSent = state.stage() == Stage.SENDING || state.stage() == Stage.DONE;
        boolean isOnceFor = state.identity().scope() == Scope.ONCE_FOR;
        if (isOnceFor && isSent && !state.table().equals(wanted)) {
            throw refused(state.table(), wanted);
        }
    }

    private static ServiceNowException refused(String known, String wanted) {
        return ServiceNowException.badInput(
                "onceFor",
                "stands for a ticket of type " + known + " already; give another text for one of type " + wanted + ".");
    }

    /**
     * Looks for the ticket of that mark among tickets of all types, once one is refused because it exists.
     *
     * @throws ServiceNowException bad input if it is of another type; nothing is thrown if nobody can tell
     */
    static void check(TableApi tables, String wanted, Mark mark) throws ServiceNowException, InterruptedException {
        String type = TableLineage.isTask(wanted) ? type(tables, mark) : "";
        if (!type.isEmpty() && !type.equals(wanted)) {
            throw refused(type, wanted);
        }
    }

    /** Empty if it cannot be seen. */
    private static String type(TableApi tables, Mark mark) throws InterruptedException {
        try {
            Row row = new MarkSearch(tables, TASK, Set.of(TYPE))
                    .find(List.of(mark))
                    .get(0);
            return row == null ? "" : row.value(TYPE);
        } catch (ServiceNowException e) {
            // then the account has no right to all tasks, and the doubt is told as it is
            return "";
        }
    }
}
