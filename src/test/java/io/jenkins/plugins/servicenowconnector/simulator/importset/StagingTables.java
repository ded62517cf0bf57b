package io.jenkins.plugins.servicenowconnector.simulator.importset;

import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.string;

import io.jenkins.plugins.servicenowconnector.simulator.instance.Switch;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Actor;
import io.jenkins.plugins.servicenowconnector.simulator.rule.DictionaryRows;
import io.jenkins.plugins.servicenowconnector.simulator.rule.Records;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The staging tables of the instance with the maps that transform their rows at once. */
public final class StagingTables {

    /** The table that every staging table extends. */
    public static final String STAGING = "sys_import_set_row";

    /** The staging table that exists from the start; its map makes incidents and finds them again by the build. */
    public static final String BUILDS = "u_jenkins_build";

    private final Records records;
    private final Tables tables;
    private final Switches switches;
    private final Map<String, List<TransformMap>> maps = new HashMap<>();
    private final Map<String, List<Transformed>> answers = new HashMap<>();

    public StagingTables(Records records, Switches switches) {
        this.records = records;
        this.switches = switches;
        tables = records.tables();
    }

    /** As on the first day. */
    public void reset() {
        maps.clear();
        answers.clear();
        tables.declare(Schema.table(STAGING));
        DictionaryRows.describe(tables, STAGING);
        Schema builds = Schema.table(BUILDS)
                .with(string("u_build", 100), string("u_title", 160), string("u_state", 40), string("u_notes", 4000));
        Map<String, String> fields = Map.of(
                "u_build", "correlation_id",
                "u_title", "short_description",
                "u_state", "state",
                "u_notes", "close_notes");
        stage(builds, TransformMap.of("Jenkins build to incident", "incident", fields, "correlation_id"));
    }

    /** Adds a staging table with its maps, which run in that order. */
    public void stage(Schema staging, TransformMap... transforms) {
        tables.declare(staging.extending(STAGING).with(string("sys_import_set", 32)));
        DictionaryRows.describe(tables, staging.name());
        maps.put(staging.name(), List.of(transforms));
    }

    public boolean isStaging(String table) {
        return maps.containsKey(table);
    }

    /** Stores a row and transforms it. */
    public Row load(String staging, Map<String, String> values, Actor actor) {
        Row row = tables.blank(staging);
        values.forEach(row::set);
        row.set("sys_import_set", importSet(staging).sysId());
        tables.add(row, actor.userName());
        boolean unchangedIgnored = switches.isOn(Switch.UNCHANGED_IMPORT_IGNORED);
        answers.put(
                row.sysId(),
                maps.get(staging).stream()
                        .map(map -> map.run(row, records, actor, unchangedIgnored))
                        .toList());
        return row;
    }

    /** What became of a row. */
    public List<Transformed> of(Row staged) {
        return answers.getOrDefault(staged.sysId(), List.of());
    }

    /** The number of the import set that a row belongs to. */
    public String number(Row staged) {
        return tables.find("sys_import_set", staged.get("sys_import_set"))
                .orElseThrow()
                .get("number");
    }

    /** Rows of one staging table go into one import set as long as it is open. */
    private Row importSet(String staging) {
        return tables.first("sys_import_set", "table_name", staging).orElseGet(() -> {
            String number =
                    "ISET%07d".formatted(10_001 + tables.rows("sys_import_set").size());
            return tables.seed("sys_import_set", Map.of("number", number, "table_name", staging));
        });
    }
}
