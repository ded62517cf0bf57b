package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorUse;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.OpenConnector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Held;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** That a step goes on with what is left after what passes by itself, and ends with its time. */
@WithJenkins
class TurnsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String IMPORT = "serviceNowImportSet stagingTable: 'u_builds', rows: ";

    private JenkinsRule jenkins;
    private Connector connector;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        connector = SampleInstance.connect(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void reportGoesOnWithTheTicketsThatWereNotToldYet() throws Exception {
        AtomicInteger patches = new AtomicInteger();
        SERVICENOW
                .faults()
                .next(
                        call -> call.effectiveMethod().equals("PATCH") && patches.incrementAndGet() == 2,
                        Fault.rateLimited(2));
        String create = "serviceNowCreate ticketType: 'incident', workNote: false, shortDescription: ";

        WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job(
                jenkins, "report", create + "'one'\n" + create + "'two'\n" + create + "'three'\nserviceNowReport()"));

        jenkins.assertLogContains("Trying again: ", build);
        assertThat(incidents())
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.journal()).as(row.number()).hasSize(1));
        assertThat(requests("PATCH")).hasSize(4);
    }

    @Test
    void updateTriesOnThroughAnOutageWhateverCallFails() throws Exception {
        Row patient = SERVICENOW.tables().seed("incident", Map.of("number", "INC7"));
        Row hasty = SERVICENOW.tables().seed("incident", Map.of("number", "INC8"));
        SERVICENOW.faults().next(Match.table("GET", "task_ci"), Fault.MAINTENANCE);
        SERVICENOW.faults().always(new Match("PATCH", "/api/now/table/incident/" + hasty.sysId()), Fault.MAINTENANCE);
        // the first look is for the number, every later one for the key
        SERVICENOW.faults().always(call -> call.query().contains(hasty.sysId()), Fault.MAINTENANCE);
        WorkflowRun longer = Pipelines.start(jenkins, "longer", update("INC7", "5m"));
        // before the other one comes, or that would meet the one fault
        jenkins.waitForMessage("Trying again: ", longer);
        // a second turn comes ten seconds after the first
        WorkflowRun shorter = Pipelines.start(jenkins, "shorter", update("INC8", "25s"));
        jenkins.waitForMessage("Trying the rest again: ", shorter);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(longer));
        assertThat(patient.get("urgency")).isEqualTo("1");
        assertThat(patient.journal()).hasSize(1);
        assertThat(SERVICENOW.tables().rows("task_ci")).hasSize(1);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(shorter));
        assertThat(requests("GET")).anyMatch(each -> each.query().contains(hasty.sysId()));
        assertThat(hasty.get("urgency")).isNotEqualTo("1");
        assertThat(JenkinsRule.getLog(shorter))
                .as("the error is about the write that failed first")
                .containsPattern("ERROR: .*method PATCH");
    }

    @Test
    void stepsWaitForAnAgentWithALabelThatSomebodyChangesMeanwhile() throws Exception {
        connector.setAgentLabel("nowhere");
        String attach = "serviceNowAttach ticketNumber: '" + SampleInstance.CHANGE + "', files: 'a.log'";
        List<WorkflowRun> builds = List.of(
                Pipelines.start(jenkins, "import", IMPORT + "[[u_name: 'a'], [u_name: 'b']]"),
                Pipelines.start(
                        jenkins, "create", "serviceNowCreate ticketType: 'incident', shortDescription: 'created'"),
                Pipelines.start(jenkins, "attach", "node { writeFile file: 'a.log', text: 'a'\n" + attach + " }"));
        for (WorkflowRun build : builds) {
            jenkins.waitForMessage("No node has the label 'nowhere'.", build);
        }
        // what the form does: connectors are replaced, not changed
        Connector changed = SampleInstance.connector(SERVICENOW.url());
        ServiceNowConnectors.get().setConnectors(List.of(changed));

        for (WorkflowRun build : builds) {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        }

        assertThat(incidents()).extracting(row -> row.get("short_description")).contains("a", "b", "created");
        assertThat(SERVICENOW.files()).extracting(StoredFile::fileName).containsExactly("a.log");
        assertThat(requests("POST")).hasSize(4);
    }

    @Test
    void creationGoesToAnotherInstanceThatSomebodySetsBeforeItIsSent() throws Exception {
        try (Simulator other = Simulator.start()) {
            SampleInstance.prepare(other);
            connector.setAgentLabel("nowhere");
            WorkflowRun build = Pipelines.start(
                    jenkins, "moved", "serviceNowCreate ticketType: 'incident', shortDescription: 'moved'");
            jenkins.waitForMessage("Waiting for an agent: ", build);
            ServiceNowConnectors.get().setConnectors(List.of(SampleInstance.connector(other.url())));

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

            assertThat(other.tables().rows("incident"))
                    .extracting(row -> row.get("short_description"))
                    .contains("moved");
            assertThat(SERVICENOW.requestCount()).isZero();
        }
    }

    @Test
    void timeoutHoldsInTheMiddleOfManyRowsAndBeforeTheFirst() throws Exception {
        CallLimits limits = new CallLimits();
        limits.setParallelCalls("1");
        connector.setLimits(limits);
        Held held = new Held();
        SERVICENOW.faults().next(Match.method("POST"), Fault.slow(Duration.ZERO));
        SERVICENOW.faults().always(Match.method("POST"), Fault.held(held));
        WorkflowRun many = Pipelines.start(
                jenkins,
                "many",
                "def rows = []\nfor (int i = 0; i < 30; i++) { rows << [u_name: 'a'] }\n" + IMPORT
                        + "rows, timeout: '5s'");
        await().until(() -> held.arrived() == 1);
        Instant timeIsUp = Instant.now().plusSeconds(5);
        try {
            WorkflowRun waiting = Pipelines.start(jenkins, "waiting", IMPORT + "[[u_name: 'b']], timeout: '1s'");

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(waiting));
            jenkins.assertLogContains("Its turn did not come within the step's timeout", waiting);
            assertThat(many.isBuilding()).isTrue();
            await().until(() -> Instant.now().isAfter(timeIsUp));
        } finally {
            held.release();
        }

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(many));
        jenkins.assertLogContains("were sent and answered. Row ", many);
        jenkins.assertLogContains("to 30 were not sent", many);
        assertThat(requests("POST")).hasSize(2);
    }

    @Test
    void errorInATurnEndsTheStepAsWell() throws Exception {
        for (Error error : List.of(new NoSuchMethodError("of another version"), new OutOfMemoryError("for once"))) {
            BrokenStep.error = error;

            WorkflowRun build = Pipelines.start(
                    jenkins, error.getClass().getSimpleName(), "timeout(2) { breakInItsTurn connector: 'prod' }");

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
            jenkins.assertLogContains(error.getMessage(), build);
        }
    }

    /** A step whose work breaks down as code does that was compiled for other versions of Jenkins. */
    public static final class BrokenStep extends TicketStep {

        private static final long serialVersionUID = 1L;

        private static volatile Error error;

        @DataBoundConstructor
        public BrokenStep() {}

        @Override
        protected TicketWork work(FoundConnector connector) {
            return new TicketWork() {
                @Override
                public ConnectorUse use(ConnectorUse use) {
                    return use;
                }

                @Override
                public Turn go(TicketRun run, OpenConnector connector) {
                    throw error;
                }
            };
        }

        @TestExtension("errorInATurnEndsTheStepAsWell")
        public static final class DescriptorImpl extends StepDescriptor {

            @Override
            public String getFunctionName() {
                return "breakInItsTurn";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(Run.class);
            }
        }
    }

    private static String update(String number, String timeout) {
        return "serviceNowUpdate ticketType: 'incident', ticketNumber: '" + number
                + "', fields: [urgency: 1, impact: 1], affectedItems: ['payments-prod'], timeout: '" + timeout + "'";
    }

    private static List<Row> incidents() {
        return SERVICENOW.tables().rows("incident").stream()
                .filter(row -> !row.is("short_description", "Network is slow"))
                .toList();
    }

    private static List<Exchange> requests(String method) {
        return SERVICENOW.requests().stream()
                .filter(each -> each.method().equals(method))
                .toList();
    }
}
