package io.jenkins.plugins.servicenowconnector.engine.ticket.shape;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields whose meaning is the same on every instance (servicenow-rest §5), so that the dictionary, which few accounts may
 * read, need not be asked.
 */
final class KnownFields {

    private static final List<String> CHOICES = List.of(
            "state",
            "type",
            "risk",
            "impact",
            "urgency",
            "priority",
            "category",
            "subcategory",
            "close_code",
            "incident_state",
            "hold_reason",
            "contact_type",
            "severity",
            "change_task_type",
            "resolution_code",
            "scope",
            "reason",
            "phase",
            "phase_state",
            "review_status",
            "conflict_status");

    private static final Map<String, FieldTarget> FIELDS = fields();

    private static final Map<String, ReferredTable> TABLES = tables();

    private KnownFields() {}

    /** What a field stands for by its name alone. */
    static Optional<FieldTarget> of(String field) {
        return Optional.ofNullable(FIELDS.get(field));
    }

    /** How records of a table are called. */
    static Optional<ReferredTable> table(String table) {
        return Optional.ofNullable(TABLES.get(table))
                .or(() -> table.startsWith("cmdb_ci") ? Optional.of(ReferredTable.named(table)) : Optional.empty());
    }

    private static Map<String, ReferredTable> tables() {
        Map<String, ReferredTable> tables = new HashMap<>();
        List.of(ReferredTable.USERS, ReferredTable.GROUPS, ReferredTable.ITEMS, ReferredTable.MODELS)
                .forEach(table -> tables.put(table.table(), table));
        List.of("service_offering", "core_company", "cmn_location", "cmn_department")
                .forEach(name -> tables.put(name, ReferredTable.named(name)));
        List.of("task", "change_request", "change_task", "incident", "problem", "problem_task")
                .forEach(name -> tables.put(name, ReferredTable.numbered(name)));
        return tables;
    }

    private static Map<String, FieldTarget> fields() {
        Map<String, FieldTarget> fields = new HashMap<>();
        put(fields, ReferredTable.USERS, "assigned_to", "requested_by", "opened_by", "caller_id", "closed_by");
        put(fields, ReferredTable.USERS, "resolved_by", "manager", "watch_list", "work_notes_list");
        put(fields, ReferredTable.USERS, "additional_assignee_list", "cab_delegate", "requested_for");
        put(fields, ReferredTable.GROUPS, "assignment_group");
        put(fields, ReferredTable.ITEMS, "cmdb_ci");
        put(fields, ReferredTable.named("cmdb_ci_service"), "business_service");
        put(fields, ReferredTable.named("service_offering"), "service_offering");
        put(fields, ReferredTable.MODELS, "chg_model");
        put(fields, ReferredTable.named("core_company"), "company");
        put(fields, ReferredTable.named("cmn_location"), "location");
        put(fields, ReferredTable.numbered("task"), "parent");
        put(fields, ReferredTable.numbered("change_request"), "change_request", "rfc", "caused_by");
        put(fields, ReferredTable.numbered("problem"), "problem_id");
        put(fields, ReferredTable.numbered("incident"), "parent_incident");
        for (String choice : CHOICES) {
            fields.put(choice, FieldTarget.CHOICE);
        }
        return fields;
    }

    private static void put(Map<String, FieldTarget> fields, ReferredTable table, String... names) {
        for (String name : names) {
            fields.put(name, new FieldTarget(table));
        }
    }
}
