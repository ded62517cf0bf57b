package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.ticket.FieldInput;
import io.jenkins.plugins.servicenowconnector.engine.ticket.NewTicket;
import io.jenkins.plugins.servicenowconnector.engine.ticket.TicketFields;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays what gives fields over each other: template, then defaults of connector and job, then the step. */
final class FieldLayers {

    static final String TYPE = "type";
    static final String MODEL = "chg_model";

    private final TicketRequest request;
    private final Instant now;
    private final List<String> lines;

    /** The fields whose value counts from now. */
    private final Set<String> moving = new HashSet<>();

    FieldLayers(TicketRequest request, Instant now, List<String> lines) {
        this.request = request;
        this.now = now;
        this.lines = lines;
    }

    /**
     * @param template what a form template gives
     * @param requester the field that says who wants it
     * @param names what the step gives by name, looked up
     * @param version the standard change template's version; null for none
     * @param model the change model that the step gives; null for none
     */
    Map<String, String> merge(
            Map<String, String> template,
            Map<String, String> requester,
            Map<String, String> names,
            String version,
            String model)
            throws ServiceNowException {
        Map<String, String> values = new LinkedHashMap<>(template);
        if (request.creates()) {
            values.putAll(dated("defaults", request.defaults()));
        }
        Map<String, String> step = step(names, version, model);
        if (step.containsKey(TYPE) || step.containsKey(MODEL)) {
            // what kind of change it is is said as a whole: half of it from elsewhere would contradict
            values.keySet().removeAll(List.of(TYPE, MODEL));
        }
        values.putAll(requester);
        values.putAll(step);
        if (request.creates() && request.table().equals(TicketRequest.CHANGE)) {
            addKind(values);
        }
        // in the same request as the rest
        return TicketFields.hasWorkNotes(request.table())
                ? FieldInput.withWorkNote(values, request.workNote())
                : values;
    }

    /** The fields that were given as a time from now, once they are merged. */
    Set<String> moving() {
        return moving;
    }

    private Map<String, String> step(Map<String, String> names, String version, String model)
            throws ServiceNowException {
        Map<String, String> step = new LinkedHashMap<>();
        if (version != null) {
            step.put(TYPE, "standard");
            step.put(StandardTemplates.FIELD, version);
        }
        if (request.changeType() != null) {
            step.put(TYPE, request.changeType());
        }
        if (model != null) {
            step.put(MODEL, model);
        }
        step.putAll(dated("fields", request.own()));
        step.putAll(names);
        moving.removeAll(names.keySet());
        return step;
    }

    private Map<String, String> dated(String parameter, Map<String, String> fields) throws ServiceNowException {
        Map<String, String> dated = new LinkedHashMap<>();
        for (Map.Entry<String, String> each : fields.entrySet()) {
            String field = each.getKey();
            String stored = DateInput.stored(parameter + "." + field, field, each.getValue(), now);
            dated.put(field, stored);
            if (DateInput.isFromNow(each.getValue()) && !stored.equals(each.getValue())) {
                moving.add(field);
            } else {
                moving.remove(field);
            }
        }
        return dated;
    }

    /**
     * With a type alone, the model of the same name is meant; a model alone has its own type; with neither, the default
     * changes by release (servicenow-rest §14), so it is said here.
     */
    private void addKind(Map<String, String> values) {
        if (!values.containsKey(TYPE) && !values.containsKey(MODEL)) {
            values.put(TYPE, "normal");
            lines.add("Change type normal, because none was given.");
        }
        String type = values.getOrDefault(TYPE, "");
        if (NewTicket.CHANGE_TYPES.contains(type)) {
            values.putIfAbsent(MODEL, type);
        }
        String model = values.getOrDefault(MODEL, "");
        if (NewTicket.CHANGE_TYPES.contains(model)) {
            values.putIfAbsent(TYPE, model);
        }
    }
}
