package io.jenkins.plugins.servicenowconnector.engine.rest.check;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.check.CheckRow.State;
import java.io.Serializable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What a check of a connection found.
 *
 * @param rows what was looked at, in the order in which it was
 * @param account who ServiceNow says we are; null if that is unknown or not to be trusted
 * @param clockAhead how far ServiceNow's clock is ahead of ours, negative if behind; null if no answer came
 * @param roundTrip how long the fastest call took; null if no answer came
 * @param sentFrom the node that made the calls; empty where there is only one place, or none was found
 * @param failure why calls do not work at all; null if they do
 */
public record ConnectionReport(
        List<CheckRow> rows,
        CheckedAccount account,
        Duration clockAhead,
        Duration roundTrip,
        String sentFrom,
        ServiceNowException failure)
        implements Serializable {

    public ConnectionReport {
        rows = List.copyOf(rows);
    }

    /** How the worst of it stands. */
    public State worst() {
        return rows.stream().map(CheckRow::state).max(Comparator.naturalOrder()).orElse(State.OK);
    }
}
