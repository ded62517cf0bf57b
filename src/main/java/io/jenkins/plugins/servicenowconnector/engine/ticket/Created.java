package io.jenkins.plugins.servicenowconnector.engine.ticket;

import java.util.List;

/**
 * A ticket that was just created.
 *
 * @param ticket the ticket as ServiceNow stored it
 * @param report what became of the fields that were sent
 */
public record Created(Ticket ticket, WriteReport report) {

    /** The names of the fields that were not taken. */
    public List<String> notTaken() {
        return report.notTaken();
    }
}
