package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules of {@code incident}: computed priority, what resolving or holding demands. */
final class IncidentRules implements BusinessRule {

    private static final Set<String> RESOLVED = Set.of("6", "7");
    private static final Set<String> FINISHED = Set.of("7", "8");

    @Override
    public void beforeInsert(Row row, Actor actor) {
        settle(row);
    }

    @Override
    public void beforeUpdate(Update update) {
        settle(update.after());
    }

    private static void settle(Row row) {
        demand(row);
        row.set("incident_state", row.get("state"));
        row.set("priority", priority(row.get("impact"), row.get("urgency")));
        row.set("active", String.valueOf(!FINISHED.contains(row.get("state"))));
    }

    /** Impact 1 with urgency 1 is critical; each step down costs one. */
    private static String priority(String impact, String urgency) {
        return impact.isEmpty() || urgency.isEmpty()
                ? "5"
                : String.valueOf(Math.min(5, Integer.parseInt(impact) + Integer.parseInt(urgency) - 1));
    }

    private static void demand(Row row) {
        List<String> missing = new ArrayList<>();
        boolean isResolved = RESOLVED.contains(row.get("state"));
        if (isResolved && row.isEmpty("close_code")) {
            missing.add("Resolution code");
        }
        if (isResolved && row.isEmpty("close_notes")) {
            missing.add("Resolution notes");
        }
        if (row.is("state", "3") && row.isEmpty("hold_reason")) {
            missing.add("On hold reason");
        }
        if (!missing.isEmpty()) {
            throw Refusal.byDataPolicy(missing);
        }
    }
}
