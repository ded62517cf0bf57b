package io.jenkins.plugins.servicenowconnector.simulator.rule;

import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.choice;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.dateTime;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.integer;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.journal;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.reference;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.string;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.yesNo;

import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;

/** The tables that every instance with IT service management has, with the fields that matter to a client. */
public final class BaseSystem {

    private BaseSystem() {}

    /** Declares them all, without rows. */
    public static void declare(Tables tables) {
        TaskTables.declare(tables);
        tables.declare(Schema.table("chg_model")
                .display("name")
                .with(
                        string("name", 100),
                        string("default_change_type", 40),
                        yesNo("active").byDefault("true")));
        tables.declare(item("cmdb_ci"));
        // in the field each extends the one before; here both extend the first
        tables.declare(item("cmdb_ci_service").extending("cmdb_ci"));
        tables.declare(item("service_offering").extending("cmdb_ci"));
        tables.declare(Schema.table("task_ci").with(reference("task", "task"), reference("ci_item", "cmdb_ci")));
        declarePeople(tables);
        declareSetup(tables);
        tables.declare(approver());
        tables.declare(sysChoice());
        declareDictionary(tables);
        declareAttachments(tables);
        tables.declare(Schema.table("sys_journal_field")
                .with(string("element_id", 32), string("element", 80), string("name", 80), string("value", 0)));
    }

    private static Schema item(String name) {
        return Schema.table(name)
                .display("name")
                .with(string("name", 255), string("operational_status", 40), string("ip_address", 40));
    }

    private static void declarePeople(Tables tables) {
        tables.declare(Schema.table("sys_user")
                .display("name")
                .with(string("user_name", 40), string("name", 151), string("email", 100), string("time_zone", 40))
                .with(yesNo("locked_out"), yesNo("web_service_access_only"))
                .with(yesNo("active").byDefault("true")));
        tables.declare(Schema.table("sys_user_group")
                .display("name")
                .with(string("name", 80), string("description", 1000))
                .with(yesNo("active").byDefault("true")));
        tables.declare(Schema.table("sys_user_grmember")
                .with(reference("user", "sys_user"), reference("group", "sys_user_group")));
    }

    /** The tables about tables; rows come last, from the tables that there are. */
    private static void declareDictionary(Tables tables) {
        tables.declare(Schema.table("sys_db_object")
                .display("label")
                .with(string("name", 80), string("label", 80), reference("super_class", "sys_db_object")));
        tables.declare(Schema.table("sys_dictionary")
                .display("column_label")
                .with(string("name", 80), string("element", 80), string("column_label", 80))
                .with(string("internal_type", 40), string("reference", 80), integer("choice"), integer("max_length"))
                .with(yesNo("mandatory"), yesNo("read_only"), yesNo("display"))
                .with(yesNo("active").byDefault("true")));
    }

    /** What a connection is checked by, and what tickets are made from. */
    private static void declareSetup(Tables tables) {
        tables.declare(Schema.table("sys_user_role").display("name").with(string("name", 100)));
        tables.declare(Schema.table("sys_user_has_role")
                .with(reference("user", "sys_user"), reference("role", "sys_user_role"))
                .with(string("state", 40)));
        tables.declare(Schema.table("sys_template")
                .display("name")
                .with(string("name", 100), string("short_description", 100))
                .with(string("table", 80), string("template", 0))
                .with(yesNo("active").byDefault("true"), yesNo("global"))
                .with(reference("user", "sys_user"), reference("group", "sys_user_group"))
                .with(reference("next", "sys_template"), reference("next_child", "sys_template")));
        tables.declare(Schema.table("std_change_record_producer")
                .display("name")
                .with(string("name", 100), string("short_description", 160), reference("template", "sys_template"))
                .with(yesNo("active").byDefault("true")));
        tables.declare(Schema.table("std_change_producer_version")
                .display("name")
                .with(string("name", 100), integer("version"))
                .with(reference("std_change_producer", "std_change_record_producer")));
        tables.declare(
                Schema.table("sys_import_set").display("number").with(string("number", 40), string("table_name", 80)));
    }

    private static void declareAttachments(Tables tables) {
        tables.declare(Schema.table("sys_attachment")
                .display("file_name")
                .with(string("file_name", 255), string("content_type", 255), string("table_name", 80))
                .with(string("table_sys_id", 32), string("size_bytes", 20), string("size_compressed", 20))
                .with(string("compressed", 5), string("chunk_size_bytes", 20), string("hash", 64))
                .with(string("state", 40), string("download_link", 0), string("sys_tags", 0)));
        tables.declare(Schema.table("sys_properties").display("name").with(string("name", 100), string("value", 4000)));
    }

    private static Schema approver() {
        String states = "not requested=Not Yet Requested|requested=Requested|approved=Approved|rejected=Rejected"
                + "|cancelled=Cancelled|not_required=No Longer Required";
        return Schema.table("sysapproval_approver")
                .display("state")
                .with(reference("sysapproval", "task").label("Approval for"))
                .with(string("document_id", 32), string("source_table", 80))
                .with(reference("approver", "sys_user"), reference("group", "sys_user_group"))
                .with(choice("state", states), journal("comments"), dateTime("due_date"));
    }

    private static Schema sysChoice() {
        return Schema.table("sys_choice")
                .display("label")
                .with(string("name", 80), string("element", 80), string("value", 80), string("label", 120))
                .with(string("language", 3), string("dependent_value", 80))
                .with(integer("sequence"), yesNo("inactive"));
    }
}
