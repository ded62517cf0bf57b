package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.EncodedQuery;
import io.jenkins.plugins.servicenowconnector.engine.rest.Instance;
import io.jenkins.plugins.servicenowconnector.engine.rest.Rows;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Reads who was asked to approve a ticket, with what they said. */
public final class Approvers {

    private static final String TABLE = "sysapproval_approver";
    private static final int MOST = 200;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final TableApi tables;

    public Approvers(Instance instance) {
        tables = new TableApi(instance);
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
