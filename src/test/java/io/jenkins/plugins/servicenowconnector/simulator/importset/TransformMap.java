package io.jenkins.plugins.servicenowconnector.simulator.importset;

import io.jenkins.plugins.servicenowconnector.simulator.rule.Actor;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Records;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Refusal;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How rows of a staging table become records of another.
 *
 * @param fields target fields by column of the staging table
 * @param coalesce the target field by which an existing record is found again; empty if every row makes a new one
 * @param script what the map's own script decides before anything is written; empty if it lets the row through
 */
public record TransformMap(
        String name,
        String target,
        Map<String, String> fields,
        String coalesce,
        Function<Row, Optional<Scripted>> script) {

    /** What a script says in place of the transform. */
    public record Scripted(String status, String errorMessage, String statusMessage) {}

    /** One without a script. */
    public static TransformMap of(String name, String target, Map<String, String> fields, String coalesce) {
        return new TransformMap(name, target, fields, coalesce, row -> Optional.empty());
    }

    /** The same map with a script. */
    public TransformMap scripted(Function<Row, Optional<Scripted>> decides) {
        return new TransformMap(name, target, fields, coalesce, decides);
    }

    /**
     * Transforms one row.
     *
     * @param unchangedIgnored whether a record that has all values already counts as ignored, not as updated {@code [?]}
     */
    Transformed run(Row staged, Records records, Actor actor, boolean unchangedIgnored) {
        Optional<Scripted> decided = script.apply(staged);
        if (decided.isPresent()) {
            Scripted said = decided.get();
            return Transformed.bad(this, said.status(), said.errorMessage(), said.statusMessage());
        }
        if (records.tables().schema(target).isEmpty()) {
            return Transformed.bad(this, "error", "Invalid table", "");
        }
        Map<String, String> values = new LinkedHashMap<>();
        fields.forEach((column, field) -> {
            // an empty column leaves the target's field alone, unless the map says otherwise
            if (!staged.isEmpty(column)) {
                values.put(field, staged.get(column));
            }
        });
        if (!coalesce.isEmpty() && !values.containsKey(coalesce)) {
            return Transformed.bad(this, "skipped", "", "No value for the coalesce field " + coalesce);
        }
        try {
            return store(values, records, actor, unchangedIgnored);
        } catch (Refusal refusal) {
            return Transformed.bad(this, "error", refusal.getMessage(), "");
        }
    }

    private Transformed store(Map<String, String> values, Records records, Actor actor, boolean unchangedIgnored) {
        Optional<Row> existing =
                coalesce.isEmpty() ? Optional.empty() : records.tables().first(target, coalesce, values.get(coalesce));
        if (existing.isEmpty()) {
            return Transformed.good(this, "inserted", records.insert(target, values, actor));
        }
        Row row = existing.get();
        String before = row.get("sys_mod_count");
        records.update(row, values, actor);
        boolean isUnchanged = row.is("sys_mod_count", before);
        return Transformed.good(this, isUnchanged && unchangedIgnored ? "ignored" : "updated", row);
    }
}
