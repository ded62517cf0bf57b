package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What the grammar of the steps promises runs as it stands, in the sandbox, without anybody's approval. */
class GrammarTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** Builds what one of the examples attaches. */
    private static final String LOG = "writeFile file: 'build.log', text: 'ok'";

    /** The examples, with an empty line between two. */
    private static final String EXAMPLES = """
            def chg = serviceNowCreate connector: 'prod', ticketType: 'change_request', shortDescription: "Deploy ${env.BUILD_TAG}",
                changeType: 'normal', requestApproval: true, onceFor: 'release-1', names: [assignment_group: 'Network'],
                fields: [risk: 3, on_hold: false, watch_list: ['a', 'b'], justification: '']

            serviceNowCreate connector: 'prod', changeTemplate: 'Add network switch', deduplicate: false, workNote: false

            serviceNowCreate(ticketType: 'incident', formTemplate: 'Outage', shortDescription: 'x')

            serviceNowUpdate ticketNumber: 'CHG0030001', fields: [state: -1, work_notes: 'done']            // or sysId:

            serviceNowUpdate ticketType: 'incident', query: 'active=true^category=network', limit: 10, fields: [state: '6']

            serviceNowUpdate changeTasksOf: 'CHG0030001', changeTaskType: 'implementation', limit: 20, fields: [state: 3]

            serviceNowImportSet stagingTable: 'u_builds', row: [u_name: 'a', u_number: 1]                   // exactly one of row, rows, json

            serviceNowImportSet stagingTable: 'u_builds', rows: [[u_name: 'a'], [u_name: 'b']]

            serviceNowGet ticketNumber: 'CHG0030001', fields: ['state', 'assigned_to.name']                 // one map; dotted names allowed

            serviceNowGet ticketType: 'incident', query: 'active=true', limit: 50                           // always a list

            node { serviceNowAttach ticketNumber: 'CHG1', files: '*.log' }                                  // the only one that needs a node

            serviceNowApproval ticketNumber: 'CHG0030001'

            serviceNowApproval connector: 'prod', ticketType: 'change_request', ticketNumber: 'CHG0030001',
                approvalCriteria: [match: 'all', conditions: [[field: 'state.value', operator: 'in', value: [-2, -1]],
                                                              [field: 'approval', value: 'approved'], [field: 'on_hold_reason', value: '']]],
                rejectionCriteria: [expression: 'ticket.state.value == "4"'],
                changeWindow: [start: 'start_date', end: 'end_date'], retryInterval: '1m', timeout: '1d', returnOutcome: true
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @BeforeEach
    void prepare() {
        SampleInstance.prepare(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyExampleRunsAsItStandsScriptedAndInDeclarativeSteps() throws Throwable {
        sessions.then(jenkins -> {
            SampleInstance.connect(SERVICENOW);
            List<WorkflowRun> builds = new ArrayList<>();
            for (String example : EXAMPLES.split("\n\n")) {
                builds.add(run(jenkins, "node { " + LOG + " }\n" + example));
                builds.add(run(jenkins, declarative(example)));
            }
            assertThat(builds).hasSize(26);
            assertThat(ScriptApproval.get().getPendingScripts()).isEmpty();
            assertThat(ScriptApproval.get().getPendingSignatures()).isEmpty();
        });
    }

    @Test
    void resultsAreReadInTheSandboxAndSurviveARestart() throws Throwable {
        sessions.then(jenkins -> {
            SampleInstance.connect(SERVICENOW);
            WorkflowRun build = Pipelines.start(jenkins, "results", """
                    def ticket = serviceNowGet ticketNumber: 'CHG0030001', fields: ['state', 'risk']
                    def list = serviceNowGet ticketType: 'incident', query: 'active=true'
                    def updated = serviceNowUpdate ticketType: 'incident', query: 'active=true', fields: [urgency: 1]
                    def rows = serviceNowImportSet stagingTable: 'u_builds', rows: [[u_name: 'a'], [u_name: 'b']]
                    def created = serviceNowCreate ticketType: 'incident', shortDescription: 'x', fields: [urgency: 2]
                    serviceNowApproval ticketType: 'incident', ticketNumber: created.number, retryInterval: '10s',
                        approvalCriteria: [conditions: [[field: 'state.value', value: 6]]]
                    echo "ticket ${ticket.number} ${ticket.table} ${ticket.sysId.length()} ${ticket.fields.state.value} ${ticket.fields.state.displayValue}"
                    echo "url ${ticket.url.contains(ticket.sysId)}"
                    echo "list ${list.size()} ${list[0].number} ${list.collect { it.fields.short_description.value }}"
                    echo "updated ${updated.size()} ${updated[0].fields.urgency.value}"
                    echo "rows ${rows.size()} ${rows[1].status} ${rows[1].transformMap} ${rows[1].targetTable} ${rows[1].displayValue}"
                    echo "created ${created.fields.urgency.value} ${created.fields.active.value}"
                    """);
            jenkins.waitForMessage("  waiting: ", build);
        });
        SERVICENOW.tables().rows("incident").forEach(row -> row.set("state", "6"));
        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("results", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            for (String line : List.of("Read CHG0030001 ", "INC0010001 was updated. ")) {
                jenkins.assertLogContains(line + SERVICENOW.url() + "/", build);
            }
            jenkins.assertLogContains("ticket CHG0030001 change_request 32 -2 Scheduled", build);
            jenkins.assertLogContains("url true", build);
            jenkins.assertLogContains("list 1 INC0010001 [Network is slow]", build);
            jenkins.assertLogContains("updated 1 1", build);
            jenkins.assertLogContains("rows 2 inserted Builds incident INC", build);
            jenkins.assertLogContains("created 2 true", build);
        });
    }

    private WorkflowRun run(JenkinsRule jenkins, String script) throws Exception {
        SampleInstance.prepare(SERVICENOW);
        String name = "job-" + jenkins.jenkins.getItems().size();
        WorkflowRun build = Pipelines.start(jenkins, name, script);
        jenkins.waitForCompletion(build);
        assertThat(build.getResult())
                .as(script + "\n" + JenkinsRule.getLog(build))
                .hasToString("SUCCESS");
        return build;
    }

    /** Declarative knows no variables among its steps, and has its own word for a node without a label. */
    private static String declarative(String example) {
        String steps = example.replaceFirst("^def chg = ", "").replaceFirst("^node \\{ (.*) }", "$1");
        return "pipeline { agent any\n stages { stage('example') { steps {\n" + LOG + "\n" + steps + "\n} } } }";
    }
}
