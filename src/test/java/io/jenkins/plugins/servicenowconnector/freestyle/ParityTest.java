package io.jenkins.plugins.servicenowconnector.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.FieldRow;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowImportSetStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowReportStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowUpdateStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStep;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * The same operation leaves the same records, whether a Pipeline does it by its Groovy or a freestyle job by the rows that
 * forms and Job DSL have: over every parameter.
 */
@WithJenkins
class ParityTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final List<String> TABLES = List.of("change_request", "change_task", "incident", "task_ci");

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    /** What every case of creating adds to; the parameters under test stand behind. */
    private static final Map<String, Object> INCIDENT = Map.of("ticketType", "incident", "shortDescription", "x");

    private static final Map<String, Map<String, Object>> CREATE = new LinkedHashMap<>();
    private static final Map<String, Map<String, Object>> UPDATE = new LinkedHashMap<>();
    private static final Map<String, Map<String, Object>> IMPORT = new LinkedHashMap<>();
    private static final Map<String, Map<String, Object>> REPORT = new LinkedHashMap<>();

    static {
        CREATE.put("connector", with(INCIDENT, "connector", "prod"));
        CREATE.put("timeout", with(INCIDENT, "timeout", "1m"));
        CREATE.put("agentLabel", with(INCIDENT, "agentLabel", "built-in"));
        CREATE.put("ticketType", Map.of("ticketType", "problem", "shortDescription", "x"));
        CREATE.put("shortDescription", Map.of("shortDescription", "Zürich – 変更"));
        CREATE.put("description", with(INCIDENT, "description", "line 1\nline 2"));
        CREATE.put(
                "fields",
                with(INCIDENT, "fields", Map.of("urgency", 1, "watch_list", List.of("a", "b"), "description", "")));
        List<String> people = List.of("Abel Tuter", "Beth Anglin");
        CREATE.put("names", with(INCIDENT, "names", Map.of("assignment_group", "Network", "watch_list", people)));
        CREATE.put("changeType", Map.of("changeType", "emergency"));
        CREATE.put("changeModel", Map.of("changeModel", "Normal"));
        CREATE.put("changeTemplate", Map.of("changeTemplate", "Add network switch"));
        CREATE.put("formTemplate", with(INCIDENT, "formTemplate", "Outage"));
        CREATE.put("requestedBy", Map.of("requestedBy", "abel.tuter"));
        CREATE.put("affectedItems", with(INCIDENT, "affectedItems", List.of("payments-prod", "web-prod-01")));
        CREATE.put("requestApproval", Map.of("requestApproval", true, "names", Map.of("assignment_group", "Network")));
        CREATE.put("onceFor", with(INCIDENT, "onceFor", "release-1"));
        CREATE.put("deduplicate", with(INCIDENT, "deduplicate", false));
        CREATE.put("workNote", with(INCIDENT, "workNote", false));
        CREATE.put("failOnNotTaken", with(INCIDENT, "failOnNotTaken", true));

        Map<String, Object> change = Map.of("ticketNumber", SampleInstance.CHANGE, "fields", Map.of("risk", 2));
        Map<String, Object> incidents =
                Map.of("ticketType", "incident", "query", "active=true", "fields", Map.of("urgency", 1));
        UPDATE.put("connector", with(change, "connector", "prod"));
        UPDATE.put("timeout", with(change, "timeout", "1m"));
        UPDATE.put("agentLabel", with(change, "agentLabel", "built-in"));
        UPDATE.put("ticketType", with(change, "ticketType", "change_request"));
        UPDATE.put("ticketNumber", change);
        UPDATE.put("sysId", Map.of("sysId", "to be filled", "fields", Map.of("risk", 2)));
        UPDATE.put("query", incidents);
        UPDATE.put("limit", with(incidents, "limit", 5));
        UPDATE.put("changeTasksOf", Map.of("changeTasksOf", SampleInstance.CHANGE, "fields", Map.of("state", 2)));
        UPDATE.put(
                "changeTaskType",
                Map.of(
                        "changeTasksOf",
                        SampleInstance.CHANGE,
                        "changeTaskType",
                        "implementation",
                        "fields",
                        Map.of("state", 2)));
        UPDATE.put("fields", with(change, "fields", Map.of("risk", 4, "work_notes", "done", "description", "y")));
        UPDATE.put("names", with(change, "names", Map.of("cmdb_ci", "payments-prod", "watch_list", people)));
        UPDATE.put("formTemplate", with(incidents, "formTemplate", "Outage"));
        UPDATE.put("affectedItems", with(change, "affectedItems", List.of("payments-prod")));
        UPDATE.put("workNote", with(change, "workNote", false));
        UPDATE.put("failOnNotTaken", with(change, "failOnNotTaken", true));

        Map<String, Object> row = Map.of("stagingTable", "u_builds", "row", Map.of("u_name", "Zürich", "u_number", 7));
        IMPORT.put("connector", with(row, "connector", "prod"));
        IMPORT.put("timeout", with(row, "timeout", "1m"));
        IMPORT.put("agentLabel", with(row, "agentLabel", "built-in"));
        IMPORT.put("stagingTable", row);
        IMPORT.put("row", with(row, "row", Map.of("u_name", "", "u_number", true)));
        IMPORT.put(
                "rows",
                Map.of("stagingTable", "u_builds", "rows", List.of(Map.of("u_name", "a"), Map.of("u_name", "b"))));
        IMPORT.put("json", Map.of("stagingTable", "u_builds", "json", "[{\"u_name\": \"a\"}, {\"u_name\": \"b\"}]"));

        Map<String, Object> told = Map.of("ticketNumber", SampleInstance.CHANGE);
        REPORT.put("connector", with(told, "connector", "prod"));
        REPORT.put("timeout", with(told, "timeout", "1m"));
        REPORT.put("agentLabel", with(told, "agentLabel", "built-in"));
        REPORT.put("ticketType", with(told, "ticketType", "change_request"));
        REPORT.put("ticketNumber", told);
        REPORT.put("sysId", Map.of("sysId", "to be filled"));
        REPORT.put("result", with(told, "result", "went well"));
    }

    private static Map<String, Object> with(Map<String, Object> base, String parameter, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(base);
        all.put(parameter, value);
        return all;
    }

    @Test
    void createLeavesTheSameRecords(JenkinsRule jenkins) throws Exception {
        checkAll(jenkins, ServiceNowCreateStep.class, CREATE);
    }

    @Test
    void updateLeavesTheSameRecords(JenkinsRule jenkins) throws Exception {
        checkAll(jenkins, ServiceNowUpdateStep.class, UPDATE);
    }

    @Test
    void importLeavesTheSameRecords(JenkinsRule jenkins) throws Exception {
        checkAll(jenkins, ServiceNowImportSetStep.class, IMPORT);
    }

    @Test
    void reportLeavesTheSameRecords(JenkinsRule jenkins) throws Exception {
        checkAll(jenkins, ServiceNowReportStep.class, REPORT);
    }

    private static void checkAll(
            JenkinsRule jenkins, Class<? extends TicketStep> step, Map<String, Map<String, Object>> cases)
            throws Exception {
        SampleInstance.connect(SERVICENOW);
        DescribableModel<? extends TicketStep> model = DescribableModel.of(step);
        assertThat(cases.keySet())
                .as("every parameter is tried")
                .containsExactlyInAnyOrderElementsOf(model.getParameters().stream()
                        .map(each -> each.getName())
                        .toList());
        WorkflowJob pipeline = Pipelines.job(jenkins, "a-pipeline", "");
        FreeStyleProject freestyle = jenkins.createFreeStyleProject("a-freestyle");
        for (Map.Entry<String, Map<String, Object>> each : cases.entrySet()) {
            SampleInstance.prepare(SERVICENOW);
            pipeline.setDefinition(
                    new CpsFlowDefinition(Snippetizer.object2Groovy(step(model, each.getValue())), true));
            jenkins.buildAndAssertSuccess(pipeline);
            List<String> byPipeline = records();

            SampleInstance.prepare(SERVICENOW);
            freestyle.getBuildersList().replace(byRows(model, each.getValue()));
            jenkins.buildAndAssertSuccess(freestyle);

            assertThat(records()).as(each.getKey()).isEqualTo(byPipeline);
        }
    }

    private static TicketStep step(DescribableModel<? extends TicketStep> model, Map<String, Object> given)
            throws Exception {
        Map<String, Object> arguments = new LinkedHashMap<>(given);
        arguments.replace("sysId", SERVICENOW.desk().task(SampleInstance.CHANGE).sysId());
        return model.instantiate(arguments, null);
    }

    /** The step as a form or Job DSL makes it, which know rows instead of maps. */
    private static TicketBuilder byRows(DescribableModel<? extends TicketStep> model, Map<String, Object> given)
            throws Exception {
        Map<String, Object> rest = new LinkedHashMap<>(given);
        List<FieldRow> fields = rows(rest.remove(rest.containsKey("row") ? "row" : "fields"));
        List<FieldRow> names = rows(rest.remove("names"));
        TicketBuilder builder = new TicketBuilder(step(model, rest));
        builder.setFields(fields);
        builder.setNames(names);
        return builder;
    }

    private static List<FieldRow> rows(Object map) {
        List<FieldRow> rows = new ArrayList<>();
        if (map instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> {
                List<?> parts = value instanceof List<?> list ? list : List.of(value);
                parts.forEach(part -> rows.add(new FieldRow(name.toString(), part.toString())));
            });
        }
        return rows;
    }

    /** Every record with its journal, without what differs from one to the next. */
    private static List<String> records() {
        // approvers are asked a moment later
        SERVICENOW.settle();
        List<String> records = new ArrayList<>();
        for (String table : TABLES) {
            for (Row row : SERVICENOW.tables().rows(table)) {
                Map<String, String> values = new TreeMap<>();
                row.schema().columns().forEach(column -> values.put(column.name(), row.get(column.name())));
                String text = row.table() + " " + values + " " + row.journal();
                for (Map.Entry<String, String> known : names().entrySet()) {
                    text = text.replace(known.getKey(), known.getValue());
                }
                records.add(text.replaceAll("\\b[0-9a-f]{32}\\b", "ID")
                        .replaceAll("jenkins-[0-9a-f]+", "jenkins-ID")
                        .replaceAll("\\d{4}-\\d\\d-\\d\\d[ T][0-9:.]+Z?", "TIME")
                        .replaceAll("after \\d+ s", "after TIME")
                        .replaceAll("a-(pipeline|freestyle)( #|/)\\d+", "JOB"));
            }
        }
        return records;
    }

    /** What the keys of records stand for that tickets refer to. */
    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        for (String table : List.of("sys_user", "sys_user_group", "cmdb_ci", "chg_model")) {
            SERVICENOW.tables().rows(table).forEach(row -> names.put(row.sysId(), row.get("name")));
        }
        return names;
    }
}
