package io.jenkins.plugins.servicenowconnector.simulator.rule;

import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.choice;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.dateTime;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.glideList;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.journal;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.reference;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.string;
import static io.jenkins.plugins.servicenowconnector.simulator.table.Column.yesNo;

import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;

/** The table {@code task} with everything that extends it. */
final class TaskTables {

    private static final int TEXT = 4000;
    private static final String LEVELS = "1=1 - High|2=2 - Medium|3=3 - Low";
    private static final String PRIORITIES = "1=1 - Critical|2=2 - High|3=3 - Moderate|4=4 - Low|5=5 - Planning";
    private static final String APPROVALS =
            "not requested=Not Yet Requested|requested=Requested|approved=Approved|rejected=Rejected";
    private static final String CHANGE_CLOSE_CODES =
            "successful=Successful|successful_issues=Successful with issues|unsuccessful=Unsuccessful";
    private static final String INCIDENT_STATES = "1=New|2=In Progress|3=On Hold|6=Resolved|7=Closed|8=Canceled";
    private static final String INCIDENT_CLOSE_CODES = "Duplicate=Duplicate|Known error=Known error"
            + "|Resolved by caller=Resolved by caller|Resolved by change=Resolved by change"
            + "|Resolved by problem=Resolved by problem|Solution provided=Solution provided"
            + "|Workaround provided=Workaround provided|User error=User error";

    private TaskTables() {}

    static void declare(Tables tables) {
        tables.declare(task("task"));
        tables.declare(change());
        tables.declare(changeTask());
        tables.declare(incident());
        tables.declare(problem());
        tables.declare(task("sysapproval_group").extending("task"));
        tables.declare(task("sc_request").extending("task").numbered("REQ", 10001));
        tables.declare(
                task("sc_req_item").extending("task").numbered("RITM", 10001).with(reference("request", "sc_request")));
    }

    /** A table with the fields that tasks of every kind have. */
    private static Schema task(String name) {
        return Schema.table(name)
                .display("number")
                .with(string("number", 40), string("short_description", 160), string("description", TEXT))
                .with(yesNo("active").byDefault("true"))
                .with(choice("state", "1=Open|2=Work in Progress|3=Closed Complete")
                        .byDefault("1"))
                .with(choice("priority", PRIORITIES).byDefault("4"))
                .with(
                        choice("impact", LEVELS).byDefault("3"),
                        choice("urgency", LEVELS).byDefault("3"))
                .with(choice("approval", APPROVALS).byDefault("not requested").asReadOnly())
                .with(reference("assignment_group", "sys_user_group"), reference("assigned_to", "sys_user"))
                .with(reference("cmdb_ci", "cmdb_ci").label("Configuration item"))
                .with(reference("parent", "task"), reference("opened_by", "sys_user"))
                .with(glideList("watch_list", "sys_user"))
                .with(string("correlation_id", 100), string("correlation_display", 100))
                .with(journal("comments").label("Additional comments"), journal("work_notes"))
                .with(
                        dateTime("work_start").label("Actual start"),
                        dateTime("work_end").label("Actual end"));
    }

    private static Schema change() {
        return task("change_request")
                .extending("task")
                .numbered("CHG", 30001)
                .with(choice("type", "normal=Normal|standard=Standard|emergency=Emergency")
                        .byDefault("normal"))
                .with(reference("chg_model", "chg_model").label("Model"))
                .with(choice("state", ChangeState.choices()).byDefault("-5"))
                .with(choice("risk", "2=High|3=Moderate|4=Low").byDefault("3"))
                .with(choice("category", "Hardware=Hardware|Software=Software|Network=Network|Other=Other"))
                .with(choice("close_code", CHANGE_CLOSE_CODES), string("close_notes", TEXT))
                .with(reference("requested_by", "sys_user"))
                .with(reference("std_change_producer_version", "std_change_producer_version"))
                .with(dateTime("start_date").label("Planned start date"))
                .with(dateTime("end_date").label("Planned end date"))
                .with(yesNo("on_hold"), string("on_hold_reason", TEXT), yesNo("cab_required"))
                .with(choice("conflict_status", "Not Run=Not Run|No Conflict=No Conflict|Conflict=Conflict")
                        .byDefault("Not Run"))
                .with(string("justification", TEXT), string("implementation_plan", TEXT))
                .with(string("backout_plan", TEXT), string("test_plan", TEXT), string("reason", 40));
    }

    private static Schema changeTask() {
        String types = "planning=Planning|implementation=Implementation|testing=Testing|review=Review";
        return task("change_task")
                .extending("task")
                .numbered("CTASK", 10001)
                .with(choice("state", "-5=Pending|1=Open|2=In Progress|3=Closed|4=Canceled")
                        .byDefault("1"))
                .with(reference("change_request", "change_request"))
                .with(choice("change_task_type", types).byDefault("planning"))
                .with(dateTime("planned_start_date"), dateTime("planned_end_date"))
                .with(choice("close_code", CHANGE_CLOSE_CODES), string("close_notes", TEXT));
    }

    private static Schema incident() {
        String categories = "inquiry=Inquiry / Help|software=Software|hardware=Hardware|network=Network";
        String holdReasons = "1=Awaiting Caller|3=Awaiting Problem|4=Awaiting Vendor|5=Awaiting Change";
        return task("incident")
                .extending("task")
                .numbered("INC", 10001)
                .with(choice("state", INCIDENT_STATES).byDefault("1"))
                .with(choice("incident_state", INCIDENT_STATES).byDefault("1"))
                .with(choice("hold_reason", holdReasons).label("On hold reason"))
                .with(choice("category", categories).byDefault("inquiry"))
                .with(reference("caller_id", "sys_user").label("Caller"))
                .with(choice("close_code", INCIDENT_CLOSE_CODES).label("Resolution code"))
                .with(string("close_notes", TEXT).label("Resolution notes"));
    }

    private static Schema problem() {
        String states = "101=New|102=Assess|103=Root Cause Analysis|104=Fix in Progress|106=Resolved|107=Closed";
        String codes = "fix_applied=Fix Applied|risk_accepted=Risk Accepted|duplicate=Duplicate|canceled=Canceled";
        return task("problem")
                .extending("task")
                .numbered("PRB", 40001)
                .with(choice("state", states).byDefault("101"))
                .with(string("cause_notes", TEXT), string("fix_notes", TEXT))
                .with(choice("resolution_code", codes), string("close_notes", TEXT));
    }
}
