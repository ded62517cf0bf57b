package io.jenkins.plugins.servicenowconnector.simulator.rule;

import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import java.util.List;
import java.util.Map;

/** The people, groups, configuration items, models, choices that an instance has on its first day. */
public final class DemoRows {

    private final Tables tables;

    private DemoRows(Tables tables) {
        this.tables = tables;
    }

    /** Fills freshly declared tables. */
    public static void fill(Tables tables) {
        DemoRows rows = new DemoRows(tables);
        rows.people();
        for (ChangeModel model : ChangeModel.values()) {
            tables.seed("chg_model", Map.of("name", model.label(), "default_change_type", model.type()));
        }
        for (String name : List.of("payments-prod", "web-prod-01", "SAP Financial Accounting")) {
            tables.seed("cmdb_ci", Map.of("name", name, "operational_status", "1"));
        }
        List.of("task", "change_request", "incident", "problem", "change_task").forEach(rows::choices);
        tables.seed("sys_properties", Map.of("name", "com.glide.attachment.max_size", "value", "1024"));
        tables.seed("sys_properties", Map.of("name", "glide.attachment.extensions", "value", ""));
        tables.seed("sc_request", Map.of("short_description", "New laptop"));
    }

    private void people() {
        Row abel = user("abel.tuter", "Abel Tuter");
        Row beth = user("beth.anglin", "Beth Anglin");
        Row david = user("david.loo", "David Loo");
        Row don = user("don.goodliffe", "Don Goodliffe");
        user("change.manager", "Change Manager");
        user("itil.agent", "ITIL Agent");
        group("Network", beth, david);
        group("Software", don);
        group(Approvals.CAB, abel, don);
    }

    private Row user(String userName, String name) {
        return tables.seed(
                "sys_user",
                Map.of("user_name", userName, "name", name, "email", userName + "@example.com", "time_zone", "GMT"));
    }

    private void group(String name, Row... members) {
        Row group = tables.seed("sys_user_group", Map.of("name", name));
        for (Row member : members) {
            tables.seed("sys_user_grmember", Map.of("user", member.sysId(), "group", group.sysId()));
        }
    }

    private void choices(String table) {
        Schema schema = tables.schema(table).orElseThrow();
        schema.columns().stream()
                .filter(column -> !DictionaryRows.isInherited(tables, schema, column))
                .forEach(column -> choices(table, column));
    }

    private void choices(String table, Column column) {
        for (int i = 0; i < column.choices().size(); i++) {
            tables.seed(
                    "sys_choice",
                    Map.of(
                            "name", table,
                            "element", column.name(),
                            "value", column.choices().get(i).value(),
                            "label", column.choices().get(i).label(),
                            "language", "en",
                            "sequence", String.valueOf(i)));
        }
    }
}
