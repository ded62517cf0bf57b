package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.graph.FlowGraphWalker;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That the same step at different places is different tickets, and at the same place one, over all shapes of a Pipeline. */
@WithJenkins
class StepPlaceTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** The same ticket everywhere, so that nothing but the place tells one from another. */
    private static final String CREATE = "serviceNowCreate(ticketType: 'incident', shortDescription: 'x')";

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void eachPlaceIsATicketOfItsOwn(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);

        WorkflowRun build = run(jenkins, "places", """
                def create() { CREATE }
                CREATE
                create()
                for (int i = 0; i < 2; i++) { for (int j = 0; j < 2; j++) { CREATE } }
                [1, 2].each { create() }
                def closure = { CREATE }
                closure(); closure()
                stage('Deploy') { CREATE }
                stage('Deploy') { CREATE; stage('Deploy') { CREATE }; CREATE }
                for (where in ['eu', 'us']) { stage(where) { timeout(5) { CREATE } } }
                for (int i = 0; i < 2; i++) { stage('Loop') { CREATE } }
                parallel eu: { CREATE; CREATE }, us: { CREATE }, 'a/b[0]': { stage('eu') { CREATE } }
                parallel eu: { parallel eu: { CREATE }, us: { CREATE } }, us: { CREATE }
                node { CREATE; withEnv(['A=b']) { CREATE } }
                node { CREATE }
                catchError(buildResult: 'SUCCESS') { CREATE; error 'later' }
                catchError(buildResult: 'SUCCESS') { CREATE }
                """);

        jenkins.assertBuildStatusSuccess(build);
        assertThat(places(build))
                .doesNotHaveDuplicates()
                .contains(
                        "[0]",
                        "[1]",
                        "[9]",
                        "Deploy[0]/[0]",
                        "Deploy[1]/[0]",
                        "Deploy[1]/Deploy[0]/[0]",
                        "Deploy[1]/[1]",
                        "us[0]/timeout[0]/[0]",
                        "Loop[1]/[0]",
                        "parallel[0]/eu[0]/[1]",
                        "parallel[0]/a\\/b\\[0\\][0]/eu[0]/[0]",
                        "parallel[1]/eu[0]/parallel[0]/us[0]/[0]",
                        "node[0]/withEnv[0]/[0]",
                        "node[1]/[0]",
                        "catchError[1]/[0]");
        assertOneTicketEach(places(build).size(), 0);
        assertThat(places(build)).hasSize(30);
    }

    @Test
    void attemptsAtTheSamePlaceAreOneTicket(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);

        WorkflowRun build = run(jenkins, "attempts", """
                int failures = 0, looks = 0
                retry(3) { stage('Deploy') { CREATE; CREATE }; if (++failures < 3) { error 'again' } }
                waitUntil(initialRecurrencePeriod: 250, quiet: true) { CREATE; ++looks == 3 }
                for (int i = 0; i < 2; i++) {
                    int tries = 0
                    retry(2) { parallel eu: { CREATE }, us: { CREATE }; if (++tries < 2) { error 'again' } }
                }
                int outer = 0
                retry(2) {
                    int inner = 0
                    retry(2) { CREATE; if (++inner < 2) { error 'inner' } }
                    if (++outer < 2) { error 'outer' }
                }
                """);

        jenkins.assertBuildStatusSuccess(build);
        // 2 stages' steps three times, waitUntil three times, 2 x 2 branches twice, one step four times
        assertThat(places(build)).hasSize(3 * 2 + 3 + 2 * 2 * 2 + 4);
        assertThat(places(build).stream().distinct())
                .containsExactlyInAnyOrder(
                        "retry[0]/Deploy[0]/[0]",
                        "retry[0]/Deploy[0]/[1]",
                        "waitUntil[0]/[0]",
                        "retry[1]/parallel[0]/eu[0]/[0]",
                        "retry[1]/parallel[0]/us[0]/[0]",
                        "retry[2]/parallel[0]/eu[0]/[0]",
                        "retry[2]/parallel[0]/us[0]/[0]",
                        "retry[3]/retry[0]/[0]");
        // each further attempt reads its ticket once
        assertOneTicketEach(8, 21 - 8);
    }

    @Test
    void restartedStageIsTheSamePlaceAndAReplayIsANewOne(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        String script = """
                pipeline {
                    agent none
                    stages {
                        stage('Before') { steps { CREATE } }
                        stage('Parallel') { parallel {
                            stage('eu') { steps { CREATE } }
                            stage('us') { stages { stage('inner') { steps { retry(2) { CREATE } } } } }
                        } }
                        stage('Matrix') { matrix {
                            axes { axis { name 'REGION'; values 'eu', 'us' } }
                            stages { stage('cell') { steps { CREATE } } }
                        } }
                        stage('Last') {
                            agent any
                            environment { A = 'b' }
                            steps { CREATE; script { for (int i = 0; i < 2; i++) { CREATE } } }
                            post { always { CREATE } }
                        }
                    }
                    post { always { CREATE } }
                }
                """;
        WorkflowRun first = run(jenkins, "declarative", script);
        jenkins.assertBuildStatusSuccess(first);
        assertThat(places(first)).doesNotHaveDuplicates().hasSize(10);
        assertOneTicketEach(10, 0);

        WorkflowRun second = restart(jenkins, first, "Parallel");
        WorkflowRun third = restart(jenkins, second, "Last");

        assertThat(places(second)).hasSize(9).isSubsetOf(places(first));
        assertThat(places(third)).hasSize(5).isSubsetOf(places(first));
        assertOneTicketEach(10, 9 + 5);
        jenkins.assertLogContains("created by an earlier attempt; it is taken again", third);

        WorkflowRun replayed = (WorkflowRun) first.getAction(ReplayAction.class)
                .run(script.replace("CREATE", CREATE), Map.of())
                .get();
        jenkins.assertBuildStatusSuccess(replayed);
        assertThat(places(replayed)).containsExactlyInAnyOrderElementsOf(places(first));
        assertOneTicketEach(20, 9 + 5);
    }

    @Test
    void restartedStageTakesWhatAnyOfItsRunsHasNotedEvenIfTheTableKeepsNothing(JenkinsRule jenkins) throws Exception {
        Connecting.to(SERVICENOW, null);
        CreatedOnceTest.keepNothing(SERVICENOW);
        WorkflowRun first = run(jenkins, "noted", """
                pipeline {
                    agent none
                    stages {
                        stage('Early') { steps { script { if (currentBuild.number == 1) { error 'not yet' } } } }
                        stage('Late') { steps { CREATE } }
                    }
                }
                """);
        jenkins.assertBuildStatus(Result.FAILURE, first);

        WorkflowRun second = restart(jenkins, first, "Early");
        assertOneTicketEach(1, 1);
        restart(jenkins, second, "Late");

        // only the run in the middle knows the ticket
        assertOneTicketEach(1, 2);
    }

    private static void assertOneTicketEach(int tickets, int reads) {
        List<Row> stored = SERVICENOW.tables().rows("incident");
        assertThat(stored).hasSize(tickets);
        assertThat(stored).extracting(Row::sysId).doesNotHaveDuplicates();
        assertThat(requests("POST")).as("tickets sent").isEqualTo(tickets);
        assertThat(requests("GET")).as("looks").isEqualTo(reads);
    }

    /** Requests for the tickets themselves; who restarted a build is looked up besides. */
    private static long requests(String method) {
        return SERVICENOW.requests().stream()
                .filter(sent -> sent.path().endsWith("/incident"))
                .map(Exchange::method)
                .filter(method::equals)
                .count();
    }

    private static WorkflowRun run(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = Pipelines.job(jenkins, name, script.replace("CREATE", CREATE));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static WorkflowRun restart(JenkinsRule jenkins, WorkflowRun run, String stage) throws Exception {
        assertThat(run.getAction(RestartDeclarativePipelineAction.class).run(stage))
                .isNotNull();
        jenkins.waitUntilNoActivity();
        WorkflowRun restarted = run.getParent().getLastBuild();
        assertThat(restarted.getNumber()).isGreaterThan(run.getNumber());
        return jenkins.assertBuildStatusSuccess(restarted);
    }

    /** Where our steps stood in a build, one entry for each time that one ran. */
    private static List<String> places(WorkflowRun build) {
        FlowGraphWalker nodes = new FlowGraphWalker(build.getExecution());
        return StreamSupport.stream(nodes.spliterator(), false)
                .filter(node -> node instanceof StepNode step
                        && step.getDescriptor() != null
                        && "serviceNowCreate".equals(step.getDescriptor().getFunctionName()))
                .map(StepPlace::of)
                .map(StepKey::text)
                .toList();
    }
}
