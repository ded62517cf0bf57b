package io.jenkins.plugins.servicenowconnector.engine.ticket.imports;

import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import java.io.Serializable;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one transform map made of one row. A text that ServiceNow did not give is empty.
 *
 * @param row which row, counted from 1
 * @param importSetNumber such as {@code ISET0010034}
 * @param stagingTable where the row went
 * @param transformMap the map's name
 * @param status {@code inserted}, {@code updated} or {@code ignored} if all is well
 * @param targetTable where the map writes to
 * @param sysId the target record's key
 * @param displayName the name of the field that {@code displayValue} is from
 * @param displayValue what people call the target record by, such as its number
 * @param errorMessage why it failed
 * @param statusMessage what a script of the map says
 */
public record ImportOutcome(
        int row,
        String importSetNumber,
        String stagingTable,
        String transformMap,
        String status,
        String targetTable,
        String sysId,
        String displayName,
        String displayValue,
        String errorMessage,
        String statusMessage)
        implements Serializable {

    private static final Set<String> GOOD = Set.of("inserted", "updated", "ignored");

    /** Whether ServiceNow says that the row was transformed; what it says in other words counts as failed. */
    public boolean isGood() {
        return GOOD.contains(status);
    }

    /**
     * The outcome under the names that Harness gives, with where the row went.
     *
     * @param link the address of the instance that people use
     */
    public LinkedHashMap<String, String> asMap(URI link) {
        LinkedHashMap<String, String> map = new LinkedHashMap<>();
        map.put("transformMap", transformMap);
        map.put("status", status);
        map.put("targetTable", targetTable);
        map.put("displayName", displayName);
        map.put("displayValue", displayValue);
        map.put("targetRecordUrl", url(link));
        map.put("errorMessage", errorMessage);
        map.put("statusMessage", statusMessage);
        map.put("importSetNumber", importSetNumber);
        map.put("stagingTable", stagingTable);
        return map;
    }

    /** One line for a log. */
    public String sentence() {
        String target = displayValue.isEmpty() ? targetTable : displayValue;
        String why = (errorMessage + " " + statusMessage).strip();
        return "Row " + row + ": " + (status.isEmpty() ? "no status" : status)
                + (target.isEmpty() ? "" : " " + target)
                + (transformMap.isEmpty() ? "" : " by '" + transformMap + "'")
                + (why.isEmpty() ? "" : ": " + why);
    }

    private String url(URI link) {
        boolean isKnown = !sysId.isEmpty() && targetTable.matches("[a-z][a-z0-9_]*");
        return isKnown ? TicketLink.to(link, new Ticket(targetTable, sysId, "", Map.of())) : "";
    }
}
