package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * What the approvers of one ticket have said.
 *
 * @param seen the answers that may be seen, the first one first
 * @param hidden why these may not be all; null if nothing is hidden, or nobody has asked
 */
public record Answers(List<Approver> seen, ServiceNowException hidden) {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Nobody has answered. */
    static final Answers NONE = new Answers(List.of(), null);

    /**
     * Who approved or rejected.
     *
     * @return empty if nobody has answered, as for a change that needs nobody's approval
     * @throws ServiceNowException forbidden, if there are answers that the account may not read
     */
    public List<Approver> decided() throws ServiceNowException {
        if (hidden != null) {
            throw hidden;
        }
        return seen;
    }

    /**
     * Whether somebody has rejected since a moment, on the instance's clock.
     *
     * <p>The moment is compared here, not in the query, where sources disagree about the time zone (servicenow-rest §1.6).
     */
    public boolean rejectedSince(Instant since) {
        String moment = UTC.format(since);
        return seen.stream()
                .filter(each -> each.state().equals("rejected"))
                .anyMatch(each -> each.time().compareTo(moment) >= 0);
    }
}
