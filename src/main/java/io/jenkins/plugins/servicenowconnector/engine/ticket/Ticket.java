package io.jenkins.plugins.servicenowconnector.engine.ticket;

import io.jenkins.plugins.servicenowconnector.engine.http.Facts;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.Syntax;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record of ServiceNow as it was when it was read.
 *
 * @param table the table it was read from, in lower case
 * @param sysId its primary key, 32 hex digits
 * @param number what people call it by; empty for a table without numbers
 * @param fields the fields that came back, by name, dotted names as they were asked for; a field that is missing here was not
 *     asked for, does not exist, or may not be read
 */
public record Ticket(String table, String sysId, String number, Map<String, FieldValue> fields)
        implements Serializable {

    public Ticket {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * The ticket in a row of an answer.
     *
     * @throws ServiceNowException {@link Kind#PROTOCOL} if the row names no sys_id
     */
    public static Ticket of(String table, Row row) throws ServiceNowException {
        String sysId = row.value("sys_id");
        if (!Syntax.isSysId(sysId)) {
            throw new ServiceNowException(
                    Kind.PROTOCOL,
                    "The answer names no sys_id; the account may not be able to read " + table + ".",
                    Facts.NONE);
        }
        return new Ticket(table, sysId, row.value("number"), row.fields());
    }

    /** What a person calls it: its number; its key in a table without numbers. */
    public String name() {
        return number.isEmpty() ? sysId : number;
    }

    /** Whether the field came back, even empty. */
    public boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The field's stored value; empty if it is empty or did not come back. */
    public String value(String field) {
        return fields.getOrDefault(field, FieldValue.EMPTY).value();
    }

    /** What a person reads in the field; empty if it is empty or did not come back. */
    public String displayValue(String field) {
        return fields.getOrDefault(field, FieldValue.EMPTY).displayValue();
    }
}
