package io.jenkins.plugins.servicenowconnector.simulator.rule;

import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.choice;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.dateTime;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.glideList;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.integer;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.journal;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.reference;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.string;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.yesNo;

import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;

/** The tables that every instance with IT service management has, with the fields that matter to a client. */
public final class BaseSystem {

    private BaseSystem() {}

    /** Declares them all, without rows. */
    public static void declare(Tables tables) {
        tables.declare(task("task"));
        tables.declare(change());
        tables.declare(changeTask());
        tables.declare(incident());
        tables.declare(problem());
        tables.declare(task("sc_request").extending("task").numbered("REQ", 10001));
        tables.declare(
                task("sc_req_item").extending("task").numbered("RITM", 10001).with(reference("request", "sc_request")));
        tables.declare(Schema.table("chg_model")
                .display("name")
                .with(
                        string("name", 100),
                        string("default_change_type", 40),
                        yesNo("active").byDefault("true")));
        tables.declare(Schema.table("cmdb_ci")
                .display("name")
                .with(string("name", 255), string("operational_status", 40), string("ip_address", 40)));
        declarePeople(tables);
        declareSystem(tables);
    }

    private static void declarePeople(Tables tables) {
        tables.declare(Schema.table("sys_user")
                .display("name")
                .with(
                        string("user_name", 40),
                        string("name", 151),
                        string("email", 100),
                        string("time_zone", 40),
                        yesNo("locked_out"),
                        yesNo("web_service_access_only"),
                        yesNo("active").byDefault("true")));
        tables.declare(Schema.table("sys_user_group")
                .display("name")
                .with(
                        string("name", 80),
                        string("description", 1000),
                        yesNo("active").byDefault("true")));
        tables.declare(Schema.table("sys_user_grmember")
                .with(reference("user", "sys_user"), reference("group", "sys_user_group")));
        tables.declare(approver());
    }

    private static void declareSystem(Tables tables) {
        tables.declare(Schema.table("sys_choice")
                .display("label")
                .with(
                        string("name", 80),
                        string("element", 80),
                        string("value", 80),
                        string("label", 120),
                        string("language", 3),
                        string("dependent_value", 80),
                        integer("sequence"),
                        yesNo("inactive")));
        tables.declare(Schema.table("sys_journal_field")
                .with(string("element_id", 32), string("element", 80), string("name", 80), string("value", 0)));
    }

    /** A table with the fields that tasks of every kind have. */
    private static Schema task(String name) {
        return Schema.table(name)
                .with(
                        string("number", 40),
                        string("short_description", 160),
                        string("description", 4000),
                        yesNo("active").byDefault("true"),
                        choice(
                                "priority",
                                "1",
                                "1 - Critical",
                                "2",
                                "2 - High",
                                "3",
                                "3 - Moderate",
                                "4",
                                "4 - Low",
                                "5",
                                "5 - Planning"),
                        choice("impact", "1", "1 - High", "2", "2 - Medium", "3", "3 - Low")
                                .byDefault("3"),
                        choice("urgency", "1", "1 - High", "2", "2 - Medium", "3", "3 - Low")
                                .byDefault("3"),
                        choice(
                                        "approval",
                                        "not requested",
                                        "Not Yet Requested",
                                        "requested",
                                        "Requested",
                                        "approved",
                                        "Approved",
                                        "rejected",
                                        "Rejected")
                                .byDefault("not requested")
                                .asReadOnly(),
                        reference("assignment_group", "sys_user_group"),
                        reference("assigned_to", "sys_user"),
                        reference("cmdb_ci", "cmdb_ci").label("Configuration item"),
                        reference("parent", "task"),
                        reference("opened_by", "sys_user"),
                        glideList("watch_list", "sys_user"),
                        string("correlation_id", 100),
                        string("correlation_display", 100),
                        journal("comments").label("Additional comments"),
                        journal("work_notes"),
                        dateTime("work_start").label("Actual start"),
                        dateTime("work_end").label("Actual end"))
                .display("number");
    }

    private static Schema change() {
        return task("change_request")
                .extending("task")
                .numbered("CHG", 30001)
                .with(
                        choice("type", "normal", "Normal", "standard", "Standard", "emergency", "Emergency")
                                .byDefault("normal"),
                        reference("chg_model", "chg_model").label("Model"),
                        choice("state", ChangeState.choices()).byDefault("-5"),
                        choice("priority", "1", "1 - Critical", "2", "2 - High", "3", "3 - Moderate", "4", "4 - Low")
                                .byDefault("4"),
                        choice("risk", "2", "High", "3", "Moderate", "4", "Low").byDefault("3"),
                        choice(
                                "category",
                                "Hardware",
                                "Hardware",
                                "Software",
                                "Software",
                                "Network",
                                "Network",
                                "Other",
                                "Other"),
                        choice("phase", "requested", "Requested", "plan", "Plan", "build", "Build")
                                .byDefault("requested"),
                        choice(
                                "close_code",
                                "successful",
                                "Successful",
                                "successful_issues",
                                "Successful with issues",
                                "unsuccessful",
                                "Unsuccessful"),
                        string("close_notes", 4000))
                .with(changePlan());
    }

    private static Column[] changePlan() {
        return new Column[] {
            reference("requested_by", "sys_user"),
            dateTime("start_date").label("Planned start date"),
            dateTime("end_date").label("Planned end date"),
            yesNo("on_hold"),
            string("on_hold_reason", 4000),
            yesNo("cab_required"),
            yesNo("unauthorized"),
            choice("conflict_status", "Not Run", "Not Run", "No Conflict", "No Conflict", "Conflict", "Conflict")
                    .byDefault("Not Run"),
            string("justification", 4000),
            string("implementation_plan", 4000),
            string("backout_plan", 4000),
            string("test_plan", 4000),
            string("reason", 40)
        };
    }

    private static Schema changeTask() {
        return task("change_task")
                .extending("task")
                .numbered("CTASK", 10001)
                .with(
                        choice(
                                        "state",
                                        "-5",
                                        "Pending",
                                        "1",
                                        "Open",
                                        "2",
                                        "In Progress",
                                        "3",
                                        "Closed",
                                        "4",
                                        "Canceled")
                                .byDefault("1"),
                        reference("change_request", "change_request"),
                        choice(
                                        "change_task_type",
                                        "planning",
                                        "Planning",
                                        "implementation",
                                        "Implementation",
                                        "testing",
                                        "Testing",
                                        "review",
                                        "Review")
                                .byDefault("planning"),
                        dateTime("planned_start_date"),
                        dateTime("planned_end_date"),
                        choice(
                                "close_code",
                                "successful",
                                "Successful",
                                "successful_issues",
                                "Successful with issues",
                                "unsuccessful",
                                "Unsuccessful"),
                        string("close_notes", 4000));
    }

    private static Schema incident() {
        String[] states = {
            "1", "New", "2", "In Progress", "3", "On Hold", "6", "Resolved", "7", "Closed", "8", "Canceled"
        };
        String[] codes = {
            "Duplicate",
            "Known error",
            "Resolved by caller",
            "Resolved by change",
            "Resolved by problem",
            "Solution provided",
            "Workaround provided",
            "User error"
        };
        String[] codesAndLabels = java.util.Arrays.stream(codes)
                .flatMap(code -> java.util.stream.Stream.of(code, code))
                .toArray(String[]::new);
        return task("incident")
                .extending("task")
                .numbered("INC", 10001)
                .with(
                        choice("state", states).byDefault("1"),
                        choice("incident_state", states).byDefault("1"),
                        choice(
                                "hold_reason",
                                "1",
                                "Awaiting Caller",
                                "3",
                                "Awaiting Problem",
                                "4",
                                "Awaiting Vendor",
                                "5",
                                "Awaiting Change"),
                        choice(
                                        "category",
                                        "inquiry",
                                        "Inquiry / Help",
                                        "software",
                                        "Software",
                                        "hardware",
                                        "Hardware",
                                        "network",
                                        "Network",
                                        "database",
                                        "Database")
                                .byDefault("inquiry"),
                        reference("caller_id", "sys_user").label("Caller"),
                        choice("close_code", codesAndLabels).label("Resolution code"),
                        string("close_notes", 4000).label("Resolution notes"));
    }

    private static Schema problem() {
        return task("problem")
                .extending("task")
                .numbered("PRB", 40001)
                .with(
                        choice(
                                        "state",
                                        "101",
                                        "New",
                                        "102",
                                        "Assess",
                                        "103",
                                        "Root Cause Analysis",
                                        "104",
                                        "Fix in Progress",
                                        "106",
                                        "Resolved",
                                        "107",
                                        "Closed")
                                .byDefault("101"),
                        string("cause_notes", 4000),
                        string("fix_notes", 4000),
                        choice(
                                "resolution_code",
                                "fix_applied",
                                "Fix Applied",
                                "risk_accepted",
                                "Risk Accepted",
                                "duplicate",
                                "Duplicate",
                                "canceled",
                                "Canceled"),
                        string("close_notes", 4000));
    }

    private static Schema approver() {
        return Schema.table("sysapproval_approver")
                .display("state")
                .with(
                        reference("sysapproval", "task").label("Approval for"),
                        string("document_id", 32),
                        string("source_table", 80),
                        reference("approver", "sys_user"),
                        reference("group", "sys_user_group"),
                        choice(
                                "state",
                                "not requested",
                                "Not Yet Requested",
                                "requested",
                                "Requested",
                                "approved",
                                "Approved",
                                "rejected",
                                "Rejected",
                                "cancelled",
                                "Cancelled",
                                "not_required",
                                "No Longer Required"),
                        journal("comments"),
                        dateTime("due_date"));
    }
}
