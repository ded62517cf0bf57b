package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import java.util.Map;
import java.util.Optional;

/** Which parameters go together. */
final class Combinations {

    private Combinations() {}

    static void check(TicketRequest request) throws ServiceNowException {
        templates(request);
        changes(request);
        requester(request);
        for (String field : request.names().keySet()) {
            once("names." + field, field, request.own(), "fields, or in a parameter of its own,");
        }
    }

    private static void templates(TicketRequest request) throws ServiceNowException {
        if (request.changeTemplate() == null) {
            return;
        }
        if (request.formTemplate() != null) {
            throw ServiceNowException.badInput(
                    "formTemplate", "and changeTemplate cannot both be given; a ticket is made from one template.");
        }
        ofChange("changeTemplate", request);
        String type = request.own().getOrDefault("type", request.changeType());
        if (type != null && !type.equals("standard") || request.names().containsKey("type")) {
            throw ServiceNowException.badInput(
                    "changeTemplate", "makes a standard change; give no change type, or 'standard'.");
        }
        once("changeTemplate", "std_change_producer_version", request.own(), "fields");
    }

    private static void changes(TicketRequest request) throws ServiceNowException {
        if (request.changeType() != null) {
            ofChange("changeType", request);
            if (!NewTicket.CHANGE_TYPES.contains(request.changeType())) {
                throw ServiceNowException.badInput("changeType", "must be normal, standard or emergency.");
            }
            once("changeType", "type", request.names(), "names");
        }
        if (request.changeModel() != null) {
            ofChange("changeModel", request);
            once("changeModel", "chg_model", request.own(), "fields");
            once("changeModel", "chg_model", request.names(), "names");
        }
    }

    private static void requester(TicketRequest request) throws ServiceNowException {
        if (!request.requester().isNamed()) {
            return;
        }
        onlyForNew("requestedBy", request);
        Optional<String> field = Requester.field(request.table());
        if (field.isEmpty()) {
            throw ServiceNowException.badInput(
                    "requestedBy",
                    "belongs to tickets of type change_request, incident or problem; give the field of "
                            + request.table() + " in names instead.");
        }
        once("requestedBy", field.get(), request.own(), "fields");
        once("requestedBy", field.get(), request.names(), "names");
    }

    private static void ofChange(String parameter, TicketRequest request) throws ServiceNowException {
        onlyForNew(parameter, request);
        if (!request.table().equals(TicketRequest.CHANGE)) {
            throw ServiceNowException.badInput(parameter, "belongs to tickets of type change_request only.");
        }
    }

    private static void onlyForNew(String parameter, TicketRequest request) throws ServiceNowException {
        if (!request.creates()) {
            throw ServiceNowException.badInput(parameter, "is for new tickets only.");
        }
    }

    private static void once(String parameter, String field, Map<String, ?> others, String where)
            throws ServiceNowException {
        if (others.containsKey(field)) {
            throw ServiceNowException.badInput(
                    parameter, "is given, and the field " + field + " in " + where + " too; give it once.");
        }
    }
}
