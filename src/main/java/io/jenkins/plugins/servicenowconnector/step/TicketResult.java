package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.engine.rest.FieldValue;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketLink;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A ticket as a Pipeline gets it: maps and texts only, which a sandboxed Pipeline reads without approval. */
final class TicketResult {

    /** What is longer is cut: a build is no place for documents. */
    private static final int LONGEST = 4000;

    private TicketResult() {}

    static LinkedHashMap<String, Object> of(Ticket ticket, URI link) {
        LinkedHashMap<String, Object> result = new LinkedHashMap<>();
        result.put("number", ticket.number());
        result.put("sysId", ticket.sysId());
        result.put("table", ticket.table());
        result.put("url", TicketLink.to(link, ticket));
        LinkedHashMap<String, Object> fields = new LinkedHashMap<>();
        ticket.fields().forEach((name, value) -> fields.put(name, pair(value)));
        result.put("fields", fields);
        return result;
    }

    static LinkedHashMap<String, Object> of(Ticket ticket, OpenConnector connector) {
        return of(ticket, connector.link());
    }

    /** Several tickets, in their order. */
    static ArrayList<Object> list(Collection<Ticket> tickets, OpenConnector connector) {
        ArrayList<Object> list = new ArrayList<>();
        tickets.forEach(ticket -> list.add(of(ticket, connector)));
        return list;
    }

    private static Map<String, Object> pair(FieldValue value) {
        LinkedHashMap<String, Object> pair = new LinkedHashMap<>();
        pair.put("value", cut(value.value()));
        pair.put("displayValue", cut(value.displayValue()));
        return pair;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (cut)";
    }
}
