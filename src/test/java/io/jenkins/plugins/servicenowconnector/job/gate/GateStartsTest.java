package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.cli.CLICommandInvoker;
import hudson.matrix.AxisList;
import hudson.matrix.MatrixBuild;
import hudson.matrix.MatrixProject;
import hudson.matrix.MatrixRun;
import hudson.matrix.TextAxis;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.queue.QueueTaskFuture;
import hudson.tasks.BuildTrigger;
import io.jenkins.plugins.servicenowconnector.freestyle.TicketBuilder;
import io.jenkins.plugins.servicenowconnector.job.EndReport;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterDefinition;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterValue;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGate;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGates;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import jenkins.triggers.ReverseBuildTrigger;
import org.awaitility.Awaitility;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** However a build is started it comes to its gate, and whoever has started it learns what became of it. */
@WithJenkins
class GateStartsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final String STAGES = """
            pipeline {
                agent none
                stages {
                    stage('first') { steps { echo 'one' } }
                    stage('second') { steps { echo 'two' } }
                }
            }
            """;

    private JenkinsRule jenkins;
    private GatedJobs jobs;

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyWayToStartABuildComesToItsGate(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setQuietPeriod(0);
        jobs = new GatedJobs(rule);
        Connecting.to(SERVICENOW, null);
        buildStepWaitsWithoutAnExecutorForItsGatedJob();
        buildStepFailsWithTheReasonOfItsGatedJob();
        starterOfAPipelineMayNotApproveForTheJobThatItBuilds();
        buildStepThatIsStoppedTakesItsJobOutOfTheQueue();
        buildStepGivesAndLosesTicketsAsParameters();
        matrixWaitsOnceAndItsCellsNever();
        buildsOfEveryOriginWait();
    }

    private void buildStepWaitsWithoutAnExecutorForItsGatedJob() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject child = jobs.job("release", GatedJobs.byParameter());
        WorkflowRun parent = Pipelines.start(
                jenkins,
                "parent",
                "def child = build job: 'release', parameters: [string(name: 'CHANGE', value: '" + change + "')]\n"
                        + "echo \"child ${child.number} is ${child.result}\"");

        GatedJobs.why(child, "state Assess");
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        assertThat(parent.isBuilding()).isTrue();
        GatedJobs.approve(SERVICENOW, change);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(parent));
        jenkins.assertLogContains("child 1 is SUCCESS", parent);
        assertThat(child.getLastBuild().getAction(GateTicket.class).ticket().getName())
                .isEqualTo(change);
    }

    private void buildStepFailsWithTheReasonOfItsGatedJob() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject child = jobs.job("refused", GatedJobs.byParameter());
        WorkflowRun rejected = Pipelines.start(
                jenkins,
                "parent-of-rejected",
                "build job: 'refused', parameters: [string(name: 'CHANGE', value: '" + change + "')]");
        GatedJobs.why(child, "state Assess");
        GatedJobs.reject(SERVICENOW, change);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(rejected));
        assertThat(JenkinsRule.getLog(rejected))
                .containsSubsequence(
                        "refused was not started: rejected: " + change, "ERROR: Build of refused was cancelled");

        WorkflowRun without = Pipelines.start(jenkins, "parent-of-none", "build job: 'refused'");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(without));
        jenkins.assertLogContains("refused was not started: CHANGE must not be blank", without);
        assertThat(child.getBuilds()).isEmpty();
    }

    private void starterOfAPipelineMayNotApproveForTheJobThatItBuilds() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        String beth = SERVICENOW
                .tables()
                .first("sys_user", "user_name", "beth.anglin")
                .orElseThrow()
                .sysId();
        String sysId = GatedJobs.row(SERVICENOW, change).sysId();
        SERVICENOW
                .tables()
                .seed("sysapproval_approver", Map.of("sysapproval", sysId, "approver", beth, "state", "approved"));
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setForbidSelfApproval(true);
        FreeStyleProject child = jobs.job("her-own", gate);
        WorkflowJob parent = Pipelines.job(
                jenkins,
                "parent-of-her-own",
                "build job: 'her-own', parameters: [string(name: 'CHANGE', value: '" + change + "')]");
        WorkflowRun build = parent.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("Beth.Anglin")))
                .waitForStart();
        GatedJobs.why(child, "state Assess");

        GatedJobs.approve(SERVICENOW, change);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains(
                "her-own was not started: rejected: " + change
                        + " was approved by the starter of this build: Beth Anglin",
                build);
    }

    private void buildStepThatIsStoppedTakesItsJobOutOfTheQueue() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject child = jobs.job("stopped", GatedJobs.byParameter());
        WorkflowRun parent = Pipelines.start(
                jenkins,
                "parent-of-stopped",
                "build job: 'stopped', parameters: [string(name: 'CHANGE', value: '" + change + "')]");
        GatedJobs.why(child, "state Assess");

        parent.doStop();

        jenkins.waitForCompletion(parent);
        assertThat(GatedJobs.notStarted(child).getReason()).isEqualTo("Canceled in the queue");
        jenkins.assertLogNotContains("was not started", parent);
    }

    private void buildStepGivesAndLosesTicketsAsParameters() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject child = jenkins.createFreeStyleProject("checked");
        child.addProperty(new ParametersDefinitionProperty(new TicketParameterDefinition("TICKET")));
        WorkflowRun parent = Pipelines.start(jenkins, "parent-of-checked", """
                def attempt(String name, List given) {
                    try {
                        def child = build job: 'checked', parameters: given
                        echo "$name: ${child.number} at ${child.buildVariables.TICKET_URL}"
                    } catch (e) {
                        echo "$name: ${e.message}"
                    }
                }
                attempt('right', [serviceNowTicket(name: 'TICKET', value: 'CHANGE')])
                attempt('text', [string(name: 'TICKET', value: 'CHANGE')])
                attempt('wrong', [serviceNowTicket(name: 'TICKET', value: 'CHG0099999')])
                attempt('unreadable', [serviceNowTicket(name: 'TICKET', value: 'a=b')])
                attempt('unreadable text', [string(name: 'TICKET', value: 'a=b')])
                attempt('none', [])
                """.replace("'CHANGE'", "'" + change + "'"));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(parent));
        assertThat(JenkinsRule.getLog(parent))
                .containsSubsequence(
                        "right: 1 at " + SERVICENOW.url(),
                        "text: 2 at " + SERVICENOW.url(),
                        "checked was not started: There is no ticket CHG0099999 in change_request",
                        "wrong: Build of checked was cancelled",
                        "unreadable: Invalid parameter value: ServiceNow ticket TICKET='a=b'",
                        "unreadable text: TICKET is 'a=b', which is not a record's number",
                        "checked was not started: TICKET names no ticket",
                        "none: Build of checked was cancelled");
        assertThat(child.getBuilds())
                .hasSize(2)
                .allSatisfy(build -> assertThat(
                                build.getAction(ParametersAction.class).getParameter("TICKET"))
                        .isEqualTo(new TicketParameterValue("TICKET", change)));
    }

    private void matrixWaitsOnceAndItsCellsNever() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        Folder folder = jenkins.createProject(Folder.class, "folder");
        FolderGates gates = new FolderGates();
        gates.setGates(List.of(new FolderGate(GatedJobs.byParameter())));
        folder.addProperty(gates);
        MatrixProject job = folder.createProject(MatrixProject.class, "matrix");
        job.setAxes(new AxisList(new TextAxis("REGION", "eu", "us")));
        TicketParameterDefinition parameter = new TicketParameterDefinition("CHANGE");
        job.addProperty(new ParametersDefinitionProperty(parameter));
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setReportAtEnd(true);
        job.addProperty(property);
        CaptureEnvironmentBuilder seen = new CaptureEnvironmentBuilder();
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setTicketType("incident");
        create.setShortDescription("${REGION} for ${SERVICENOW_TICKET_NUMBER}");
        create.setWorkNote(false);
        job.getBuildersList().addAll(List.of(seen, new TicketBuilder(create)));
        QueueTaskFuture<MatrixBuild> future =
                job.scheduleBuild2(0, new ParametersAction(new TicketParameterValue("CHANGE", change)));
        GatedJobs.why(job, "state Assess");

        GatedJobs.approve(SERVICENOW, change);

        MatrixBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(build.getAction(GateTicket.class).ticket().getName()).isEqualTo(change);
        assertThat(seen.getEnvVars())
                .containsEntry("SERVICENOW_TICKET_NUMBER", change)
                .containsEntry(
                        "CHANGE_URL", build.getAction(GateTicket.class).ticket().getUrl());
        assertThat(build.getExactRuns())
                .hasSize(2)
                .allSatisfy(cell -> assertThat(cell.getAction(GateTicket.class)).isNull());
        assertThat(SERVICENOW.tables().rows("incident"))
                .extracting(row -> row.get("short_description"))
                .contains("eu for " + change, "us for " + change);
        isReported(build, change);
        for (MatrixRun cell : build.getExactRuns()) {
            isReported(cell, number(cell.getBuildVariables().get("REGION") + " for " + change));
        }
    }

    private static void isReported(Run<?, ?> build, String ticket) {
        EndReport report = Awaitility.await()
                .atMost(GatedJobs.LONG)
                .until(
                        () -> build.getAction(EndReport.class),
                        each -> each != null && !each.getLines().isEmpty());
        assertThat(report.getLines()).singleElement().asString().startsWith("Reported to " + ticket);
    }

    private static String number(String title) {
        return SERVICENOW
                .tables()
                .first("incident", "short_description", title)
                .map(Row::number)
                .orElseThrow();
    }

    private void buildsOfEveryOriginWait() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        WorkflowJob job = Pipelines.job(jenkins, "deploy", STAGES);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", change)));
        GatedJobs.set(job, GatedJobs.byParameter());
        QueueTaskFuture<WorkflowRun> future = job.scheduleBuild2(0);
        GatedJobs.why(job, "state Assess");
        GatedJobs.approve(SERVICENOW, change);
        WorkflowRun first = jenkins.assertBuildStatusSuccess(future);
        GatedJobs.row(SERVICENOW, change).set("state", "-4").set("approval", "requested");

        waits(job, () -> first.getAction(ReplayAction.class).run2(STAGES, Map.of()));
        waits(job, () -> first.getAction(RestartDeclarativePipelineAction.class).run("second"));
        waits(
                job,
                () -> job.scheduleBuild2(
                        0,
                        first.getAction(ParametersAction.class),
                        first.getAction(GateTicket.class),
                        new CauseAction(new Cause.UserIdCause())));
        waits(job, () -> new CLICommandInvoker(jenkins, "build").invokeWithArgs("deploy", "-p", "CHANGE=" + change));
        FreeStyleProject before = jenkins.createFreeStyleProject("before");
        before.getPublishersList().add(new BuildTrigger("deploy", Result.SUCCESS));
        waits(job, () -> jenkins.buildAndAssertSuccess(before));
        FreeStyleProject watched = jenkins.createFreeStyleProject("watched");
        job.addTrigger(new ReverseBuildTrigger("watched", Result.SUCCESS));
        waits(job, () -> jenkins.buildAndAssertSuccess(watched));
        waits(job, () -> post("job/deploy/buildWithParameters?CHANGE=" + change));
        assertThat(new CLICommandInvoker(jenkins, "build")
                        .invokeWithArgs("deploy", "-s", "-p", "CHANGE=")
                        .returnCode())
                .as("the command line is told as well")
                .isNotZero();

        String xml = job.getConfigFile()
                .asString()
                .replace("</flow-definition>", "<authToken>go</authToken></flow-definition>");
        job.updateByXml((Source) new StreamSource(new StringReader(xml)));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone());
        post("job/deploy/buildWithParameters?CHANGE=" + change);
        assertThat(GatedJobs.queued(job)).as("refused without the token").isEmpty();
        waits(job, () -> post("job/deploy/buildWithParameters?token=go&CHANGE=" + change));
    }

    private static void waits(WorkflowJob job, Callable<?> start) throws Exception {
        int next = job.getNextBuildNumber();

        start.call();

        GatedJobs.why(job, "state Assess");
        List<Queue.Item> items = GatedJobs.queued(job);
        assertThat(items).singleElement().isInstanceOf(Queue.BlockedItem.class);
        assertThat(job.getNextBuildNumber()).isEqualTo(next);
        Queue.getInstance().cancel(items.get(0));
        Awaitility.await().atMost(GatedJobs.LONG).until(() -> isAtRest(job));
    }

    private static boolean isAtRest(Job<?, ?> job) {
        return GatedJobs.queued(job).isEmpty() && Gates.get().of(job).isEmpty();
    }

    private Page post(String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        return client.getPage(request);
    }
}
