package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.io.Serializable;

/**
 * What a ticket is asked for by: its number or its sys_id.
 *
 * @param field {@code number} or {@code sys_id}
 * @param value the checked value
 */
public record TicketKey(String field, String value) implements Serializable {

    /** The ticket with this number, such as {@code CHG0030001}; {@code parameter} is its name in an error. */
    public static TicketKey number(String parameter, String number) throws ServiceNowException {
        return new TicketKey("number", Syntax.number(parameter, number));
    }

    /** The ticket with this key of 32 hex digits; {@code parameter} is its name in an error. */
    public static TicketKey sysId(String parameter, String sysId) throws ServiceNowException {
        return new TicketKey("sys_id", Syntax.sysId(parameter, sysId));
    }

    @Override
    public String toString() {
        return value;
    }
}
