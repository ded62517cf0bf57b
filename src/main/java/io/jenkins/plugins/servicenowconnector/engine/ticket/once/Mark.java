package io.jenkins.plugins.servicenowconnector.engine.ticket.once;

import io.jenkins.plugins.servicenowconnector.engine.rest.Row;

/**
 * What was sent with a ticket that no other ticket carries.
 *
 * @param sysId the key chosen here, 32 hex digits; empty if none was sent
 * @param correlationId the text chosen here; empty if none was sent
 */
record Mark(String sysId, String correlationId) {

    boolean isNone() {
        return sysId.isEmpty() && correlationId.isEmpty();
    }

    /** Whether the row really has it: ServiceNow drops conditions that it does not understand (servicenow-rest §1.5). */
    boolean hasSysId(Row row) {
        return !sysId.isEmpty() && row.value("sys_id").equals(sysId);
    }

    /** The same for the correlation id. */
    boolean hasCorrelationId(Row row) {
        return !correlationId.isEmpty() && row.value("correlation_id").equalsIgnoreCase(correlationId);
    }

    /** The query by which a person finds it. */
    @Override
    public String toString() {
        String bySysId = sysId.isEmpty() ? "" : "sys_id=" + sysId;
        String byCorrelation = correlationId.isEmpty() ? "" : "correlation_id=" + correlationId;
        return bySysId + (bySysId.isEmpty() || byCorrelation.isEmpty() ? "" : "^OR") + byCorrelation;
    }
}
