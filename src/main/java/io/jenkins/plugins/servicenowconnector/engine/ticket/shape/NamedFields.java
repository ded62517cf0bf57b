package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.Row;
import io.jenkins.plugins.servicenowconnector.engine.rest.TableApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that a step gives by name, on their way to stored values. */
final class NamedFields {

    private final TicketRequest request;
    private final Map<String, FieldTarget> targets;
    private final Lookups lookups;
    private final List<String> lineage;

    private NamedFields(
            TicketRequest request, Map<String, FieldTarget> targets, Lookups lookups, List<String> lineage) {
        this.request = request;
        this.targets = targets;
        this.lookups = lookups;
        this.lineage = lineage;
    }

    /** Learns what the fields stand for, and adds what is to be looked up. */
    static NamedFields of(TicketRequest request, Dictionary dictionary, Lookups lookups)
            throws ServiceNowException, InterruptedException {
        if (request.names().isEmpty()) {
            return new NamedFields(request, Map.of(), lookups, List.of());
        }
        Map<String, FieldTarget> targets =
                new FieldTargets(dictionary).of(request.table(), request.names().keySet());
        request.names().forEach((field, texts) -> {
            FieldTarget target = targets.get(field);
            if (!target.isChoice()) {
                texts.forEach(text -> lookups.want(target.table(), text));
            }
        });
        boolean hasChoices = targets.values().stream().anyMatch(FieldTarget::isChoice);
        List<String> lineage = hasChoices ? dictionary.lineage(request.table()) : List.of();
        return new NamedFields(request, targets, lookups, lineage);
    }

    /** The stored values by field, once everything has been looked up. */
    Map<String, String> values(TableApi tables, List<String> lines) throws ServiceNowException, InterruptedException {
        List<String> choiceFields = request.names().keySet().stream()
                .filter(field -> targets.get(field).isChoice())
                .toList();
        ChoiceLookup choices = ChoiceLookup.of(tables, lineage, choiceFields);
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> each : request.names().entrySet()) {
            List<String> parts = new ArrayList<>();
            for (String text : each.getValue()) {
                parts.add(value(each.getKey(), text, choices, lines));
            }
            values.put(each.getKey(), String.join(",", parts));
        }
        return values;
    }

    private String value(String field, String text, ChoiceLookup choices, List<String> lines)
            throws ServiceNowException, InterruptedException {
        String parameter = "names." + field;
        FieldTarget target = targets.get(field);
        if (target.isChoice()) {
            String value = choices.value(parameter, field, text);
            lines.add(field + ": '" + text + "' has the value '" + value + "'.");
            return value;
        }
        Row row = lookups.only(parameter, target.table(), text);
        lines.add(field + ": '" + text + "' is " + Candidates.name(target.table(), row) + " (" + row.value("sys_id")
                + ").");
        return row.value("sys_id");
    }
}
