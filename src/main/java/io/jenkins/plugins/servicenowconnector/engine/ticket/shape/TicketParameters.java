package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import java.util.List;
import java.util.Map;

/** What a user gives for one ticket, not checked yet; what is never set, or set to null, is not given. */
public final class TicketParameters {

    final String ticketType;
    String shortDescription;
    String description;
    Map<String, ?> fields = Map.of();
    Map<String, ?> names = Map.of();
    String changeType;
    String changeModel;
    String changeTemplate;
    String formTemplate;
    Requester requestedBy = Requester.API_USER;
    List<?> affectedItems = List.of();
    Map<String, ?> connectorDefaults = Map.of();
    Map<String, ?> jobDefaults = Map.of();
    String workNote;

    /** @param ticketType the table, in any case; null for {@code change_request} */
    public TicketParameters(String ticketType) {
        this.ticketType = ticketType == null ? TicketRequest.CHANGE : ticketType;
    }

    public TicketParameters shortDescription(String text) {
        shortDescription = text;
        return this;
    }

    public TicketParameters description(String text) {
        description = text;
        return this;
    }

    /** Fields by name: texts, numbers, booleans, or lists of these; an empty text clears the field. */
    public TicketParameters fields(Map<String, ?> values) {
        fields = values == null ? Map.of() : values;
        return this;
    }

    /** Fields by name, with what people call the value: it is looked up first. */
    public TicketParameters names(Map<String, ?> values) {
        names = values == null ? Map.of() : values;
        return this;
    }

    /** {@code normal}, {@code standard} or {@code emergency}. */
    public TicketParameters changeType(String type) {
        changeType = type;
        return this;
    }

    /** Name or sys_id of a change model. */
    public TicketParameters changeModel(String model) {
        changeModel = model;
        return this;
    }

    /** Name or sys_id of a standard change template. */
    public TicketParameters changeTemplate(String template) {
        changeTemplate = template;
        return this;
    }

    /** Name or sys_id of a form template. */
    public TicketParameters formTemplate(String template) {
        formTemplate = template;
        return this;
    }

    /** Who the ticket is requested by; null for the API user. */
    public TicketParameters requestedBy(Requester requester) {
        requestedBy = requester == null ? Requester.API_USER : requester;
        return this;
    }

    /** Names or sys_ids of configuration items. */
    public TicketParameters affectedItems(List<?> items) {
        affectedItems = items == null ? List.of() : items;
        return this;
    }

    /** Fields that a new ticket gets where nobody else says something. */
    public TicketParameters connectorDefaults(Map<String, ?> values) {
        connectorDefaults = values == null ? Map.of() : values;
        return this;
    }

    /** Fields that a new ticket gets where the step says nothing; they win over the connector's. */
    public TicketParameters jobDefaults(Map<String, ?> values) {
        jobDefaults = values == null ? Map.of() : values;
        return this;
    }

    /** What Jenkins says about itself in the ticket's work notes; null for nothing. */
    public TicketParameters workNote(String text) {
        workNote = text;
        return this;
    }
}
