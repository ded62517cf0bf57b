package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.importset.TransformMap;
import io.jenkins.plugins.servicenowconnector.simulator.importset.TransformMap.Scripted;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What ServiceNow refuses, or what nobody should want of it, is an error that a Pipeline can catch and read. */
@WithJenkins
class RefusedByServiceNowTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** What a Pipeline writes, with a piece of the sentence that it gets. */
    private static final Map<String, String> REFUSED = new LinkedHashMap<>();

    static {
        refused("serviceNowCreate ticketType: 'u_nothing'", "There is no table 'u_nothing'");
        refused(
                "serviceNowCreate ticketType: 'incident', fields: [u_nothing: 'x'], failOnNotTaken: true",
                "did not take u_nothing");
        refused(
                "serviceNowCreate ticketType: 'incident', fields: [impact: '9'], failOnNotTaken: true",
                "did not take impact");
        refused(
                "serviceNowCreate ticketType: 'incident', fields: [urgency: '1'], failOnNotTaken: true",
                "did not take urgency");
        refused(
                "serviceNowUpdate ticketType: 'incident', ticketNumber: 'INC0010001', fields: [close_notes: '', state: 6]",
                "mandatory fields are missing");
        refused(
                "serviceNowUpdate ticketNumber: 'CHG1', fields: [state: 3]",
                "a business rule of the instance stopped it");
        refused(
                "serviceNowCreate ticketType: 'problem', shortDescription: 'x'",
                "refuses writing to problem: an access rule refuses it");
        refused(
                "serviceNowUpdate ticketType: 'incident', query: 'category=network', fields: [urgency: 2]",
                "More tickets of incident than the limit of 1");
        refused(
                "serviceNowUpdate ticketType: 'incident', query: 'nothing=network', fields: [urgency: 2]",
                "names the field 'nothing', which incident does not have");
        refused("serviceNowGet ticketType: 'incident', ticketNumber: 'INC7'", "more than one ticket INC7");
        refused("serviceNowGet ticketType: 'incident', ticketNumber: 'INC8'", "There is no ticket INC8 in incident");
        refused(
                "serviceNowUpdate ticketNumber: 'CHG1', fields: [description: 'javascript:gs.now()']",
                "fields.description must not begin with 'javascript:'");
        refused(
                "serviceNowUpdate ticketNumber: 'CHG1', fields: [approval: 'approved']",
                "fields names 'approval', which only people set");
        refused(
                "serviceNowUpdate ticketType: 'sysapproval_approver', sysId: 'a' * 32, fields: [state: 'approved']",
                "ticketType is sysapproval_approver, which this plugin never writes");
        refused("serviceNowCreate names: [assignment_group: 'Nobody']", "no active record 'Nobody' in sys_user_group");
        refused(
                "serviceNowCreate names: [assignment_group: 'Twins']",
                "'Twins' means more than one active record in sys_user_group");
        refused("serviceNowCreate changeTemplate: 'No such'", "no active standard change template 'No such'");
        refused("serviceNowCreate ticketType: 'incident', formTemplate: 'No such'", "no such template for incident");
        refused("serviceNowCreate ticketType: 'incident', description: 'x' * 20000", "is too large for it");
        refused(
                "serviceNowImportSet stagingTable: 'u_wrong', row: [u_name: 'a']",
                "Row 1: error incident by 'Wrong': Row is wrong");
        refused(
                "serviceNowImportSet stagingTable: 'u_builds', row: [u_name: 'a'], json: '{}'",
                "row or rows or json must be given, exactly one of them");
        refused(
                "serviceNowUpdate ticketNumber: 'CHG1', changeTasksOf: 'CHG1', fields: [state: 3]",
                "query and changeTasksOf exclude each other");
        refused(
                "serviceNowCreate changeTemplate: 'a', formTemplate: 'b'",
                "formTemplate and changeTemplate cannot both be given");
    }

    private static void refused(String step, String piece) {
        REFUSED.put(step, piece);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void refusalsAreCaughtAndNameWhatIsWrong(JenkinsRule jenkins) throws Exception {
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
        makeTrouble();
        StringBuilder script = new StringBuilder();
        REFUSED.keySet()
                .forEach(step -> script.append("try { ")
                        .append(step)
                        .append("; echo 'NOT REFUSED' } catch (e) { echo \"refused: ${e.message}\" }\n"));

        WorkflowRun build = Pipelines.start(jenkins, "refused", script.toString());

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        String log = JenkinsRule.getLog(build);
        List<String> refusals = log.lines()
                .filter(line -> line.startsWith("refused: ") || line.equals("NOT REFUSED"))
                .toList();
        assertThat(refusals).hasSameSizeAs(REFUSED.keySet());
        int index = 0;
        for (Map.Entry<String, String> each : REFUSED.entrySet()) {
            assertThat(refusals.get(index++))
                    .as(each.getKey())
                    .contains(each.getValue())
                    .doesNotContain("NOT REFUSED");
        }
        assertThat(log).doesNotContain("Basic ", "Authorization", Simulator.PASSWORD, "\tat ", "Cookie");
        assertThat(SERVICENOW.requests())
                .extracting(Exchange::method)
                .as("a query that finds too much, or leaves a condition out, writes nothing")
                .filteredOn("PATCH"::equals)
                .hasSize(2);
    }

    @Test
    void passingFaultsInTheMiddleOfManyUpdatesLeaveNoTicketOut(JenkinsRule jenkins) throws Exception {
        SERVICENOW.reset();
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
        for (int i = 0; i < 6; i++) {
            SERVICENOW.tables().seed("incident", Map.of("category", "database"));
        }
        for (Fault fault : List.of(Fault.CUT_AFTER_COMMIT, Fault.MAINTENANCE, Fault.CUT, Fault.OVERLOADED)) {
            SERVICENOW.faults().next(Match.method("PATCH"), fault);
        }

        WorkflowRun build = Pipelines.start(
                jenkins,
                "many",
                "def all = serviceNowUpdate ticketType: 'incident', query: 'category=database', limit: 6,"
                        + " fields: [impact: '1']\n"
                        + "echo \"updated ${all.size()}\"");

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("updated 6", build);
        jenkins.assertLogContains("Trying the rest again: ", build);
        assertThat(SERVICENOW.tables().rows("incident"))
                .filteredOn(row -> row.get("category").equals("database"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(row.get("impact")).isEqualTo("1"))
                .allSatisfy(row -> assertThat(row.journal()).as("the note").hasSizeLessThan(2));
    }

    private static void makeTrouble() {
        SERVICENOW
                .switches()
                .unwritable("incident.urgency")
                .unwritable("problem")
                .bodyLimit(10_000);
        for (int i = 0; i < 2; i++) {
            SERVICENOW.tables().seed("incident", Map.of("number", "INC7", "category", "network"));
            SERVICENOW.tables().seed("sys_user_group", Map.of("name", "Twins"));
        }
        SERVICENOW
                .stagingTables()
                .stage(
                        Schema.table("u_wrong").with(Column.string("u_name", 100)),
                        TransformMap.of("Wrong", "incident", Map.of("u_name", "short_description"), "")
                                .scripted(row -> Optional.of(new Scripted("error", "Row is wrong", ""))));
    }
}
