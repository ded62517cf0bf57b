package io.jenkins.plugins.servicenowconnector.step;

import hudson.Util;
import io.jenkins.plugins.servicenowconnector.engine.ticket.search.SelectionInput;
import java.io.Serial;
import org.kohsuke.stapler.DataBoundSetter;

/** A step about one ticket, or about all that a query finds. */
public abstract class SeveralTicketsStep extends NamedTicketStep {

    @Serial
    private static final long serialVersionUID = 1L;

    /** A 0 that somebody gave, which is refused; in jobs and builds that are stored, 0 itself is none given. */
    private static final int GIVEN_AS_ZERO = Integer.MIN_VALUE;

    private String query;
    private String changeTasksOf;
    private String changeTaskType;
    private int limit;

    /** An encoded query; null if the tickets are not named by one. */
    public String getQuery() {
        return query;
    }

    @DataBoundSetter
    public void setQuery(String query) {
        this.query = Util.fixEmptyAndTrim(query);
    }

    /** The number of the change whose tasks are meant; null for none. */
    public String getChangeTasksOf() {
        return changeTasksOf;
    }

    @DataBoundSetter
    public void setChangeTasksOf(String changeTasksOf) {
        this.changeTasksOf = Util.fixEmptyAndTrim(changeTasksOf);
    }

    /** Only the tasks of this type; null for all. */
    public String getChangeTaskType() {
        return changeTaskType;
    }

    @DataBoundSetter
    public void setChangeTaskType(String changeTaskType) {
        this.changeTaskType = Util.fixEmptyAndTrim(changeTaskType);
    }

    /** How many tickets there may be; null for the step's default. */
    public Integer getLimit() {
        return limit == 0 ? null : Integer.valueOf(limit == GIVEN_AS_ZERO ? 0 : limit);
    }

    @DataBoundSetter
    public void setLimit(Integer limit) {
        this.limit = limit == null ? 0 : limit == 0 ? GIVEN_AS_ZERO : limit;
    }

    /** Which tickets are meant, not checked yet. */
    SelectionInput selection() {
        return new SelectionInput(
                getTicketType(), getTicketNumber(), getSysId(), query, changeTasksOf, changeTaskType, getLimit());
    }
}
