package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueListener;
import hudson.model.queue.QueueTaskFuture;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterDefinition;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterValue;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that wait in the queue for the ticket that their parameter names. */
@WithJenkins
class GateTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;
    private GatedJobs jobs;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jobs = new GatedJobs(rule);
        SERVICENOW.reset();
        GatedJobs.connect(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void approvedTicketsLetBuildsStart() throws Exception {
        waitsWithoutAnExecutorAndStartsWithItsTicket();
        pipelineWaitsBeforeItsFirstStepAndItsPartsHaveNoGate();
        differentTicketsWaitEachAndEqualOnesShareTheirWait();
        ticketParameterIsCheckedBeforeItIsWaitedFor();
        starterMayNotApproveWhereThatIsForbidden();
        approvalThatFindsNoExecutorIsLookedAtAgain();
        approvalThatComesTooLateIsLookedAtAgain();
    }

    @Test
    void gatesShowWhatTheyMay() throws Exception {
        hiddenTicketIsShownByItsNumberOnly();
        whatDidNotStartSaysWhichBuildItWas();
        labelOfTheGateHoldsForLooksAndCreation();
    }

    private void hiddenTicketIsShownByItsNumberOnly() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setShowOnPage(false);
        FreeStyleProject job = jobs.job("hidden", gate);
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);

        assertThat(GatedJobs.why(job, "its state is not shown here; next check 20"))
                .startsWith("Waiting for approval of " + change + " (" + SERVICENOW.url());
        Awaitility.await()
                .until(() -> Waits.get().all().iterator().next().approval().sight() != null);
        assertThat(GatedJobs.why(job, change)).doesNotContain("Assess", "requested", "approval =");
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        assertThat(browser.goTo("job/hidden/").asXml()).contains(change).doesNotContain("Assess");
        assertThat(browser.goTo("servicenow-approvals/").asXml())
                .contains(change)
                .doesNotContain("Assess", "Payments");

        GatedJobs.approve(SERVICENOW, change);

        BuildTicket card = jenkins.assertBuildStatusSuccess(future)
                .getAction(BuildTickets.class)
                .getTickets()
                .get(0);
        assertThat(card.getName()).isEqualTo(change);
        assertThat(card.getShortDescription()
                        + card.getState()
                        + card.getDecision().getReason())
                .isEmpty();

        String other = GatedJobs.change(SERVICENOW);
        GatedJobs.start(job, other);
        GatedJobs.why(job, "not shown");
        GatedJobs.reject(SERVICENOW, other);
        assertThat(GatedJobs.notStarted(job).getReason()).isEqualTo("rejected; the ticket says more");
    }

    private void whatDidNotStartSaysWhichBuildItWas() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("told");
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("CHANGE", ""),
                new StringParameterDefinition("VERSION", "4.2"),
                new PasswordParameterDefinition("LOGIN", "opensesame", "")));
        GatedJobs.set(job, GatedJobs.byParameter());
        job.scheduleBuild2(0, new Cause.RemoteCause("10.0.0.1", "nightly run"));

        NotStarted not = GatedJobs.notStarted(job);
        assertThat(not.getParameters()).isEqualTo("CHANGE=(empty), VERSION=4.2");
        assertThat(not.getCauses()).contains("10.0.0.1", "nightly run");
        assertThat(jenkins.createWebClient().goTo("job/told/").asXml())
                .contains("VERSION=4.2", "10.0.0.1")
                .doesNotContain("opensesame");
        assertThat(jenkins.getJSON("job/told/api/json?depth=1").getJSONObject().toString())
                .contains("CHANGE must not be blank", "VERSION=4.2", "nightly run");
    }

    private void labelOfTheGateHoldsForLooksAndCreation() throws Exception {
        Connecting.to(SERVICENOW, "dmz");
        ApprovalGate naming = GatedJobs.byParameter();
        naming.setAgentLabel("nowhere");
        FreeStyleProject named = jobs.job("named", naming);
        GatedJobs.start(named, GatedJobs.change(SERVICENOW));
        assertThat(GatedJobs.why(named, "nowhere")).contains("No node has the label");
        ApprovalGate creating = GateCreationTest.creating(SERVICENOW);
        creating.setAgentLabel("nowhere");
        FreeStyleProject created = jobs.job("created", creating);
        GatedJobs.start(created, "1");
        assertThat(GatedJobs.why(created, "nowhere")).contains("No node has the label");
        Queue.getInstance().clear();
    }

    @Test
    void everyOtherEndHasItsReason() throws Exception {
        wrongParametersSendTheBuildAwayBeforeAnyCall();
        rejectedTicketSendsTheBuildAwayAndANewOneWaitsForItAgain();
        cancelledItemIsLookedAtNoMoreAndALiftedGateLetsPass();
        closedTicketOrOneOfAnotherTypeOrDeletedConnectorHasAReason();
    }

    private void approvalThatFindsNoExecutorIsLookedAtAgain() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setRetryInterval("1s");
        jenkins.jenkins.setNumExecutors(0);
        FreeStyleProject job = jobs.job("starved", gate);
        GatedJobs.start(job, change);
        GatedJobs.looked(job);
        GatedJobs.approve(SERVICENOW, change);
        Awaitility.await().until(() -> GatedJobs.queued(job).stream().anyMatch(Queue.BuildableItem.class::isInstance));

        GatedJobs.reject(SERVICENOW, change);

        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("rejected: " + change);
    }

    private void approvalThatComesTooLateIsLookedAtAgain() throws Exception {
        FreeStyleProject job = jobs.job("late", GatedJobs.byParameter());
        GatedJobs.start(job, GatedJobs.change(SERVICENOW));
        GatedJobs.looked(job);
        Waiter waiter = Waits.get().all().stream()
                .filter(each -> each.job() == job)
                .findFirst()
                .orElseThrow();
        long aMinuteAgo = System.nanoTime() - Duration.ofMinutes(1).toNanos();

        waiter.ended(new WaitEnd(
                Outcome.APPROVED,
                "approved",
                waiter.approval().sight().ticket(),
                null,
                Instant.now(),
                List.of(),
                null,
                aMinuteAgo));

        Queue.getInstance().maintain();
        assertThat(GatedJobs.queued(job)).singleElement().isInstanceOf(Queue.BlockedItem.class);
        assertThat(Waits.get().all()).contains(waiter);
        GatedJobs.queued(job).forEach(Queue.getInstance()::cancel);
    }

    private void waitsWithoutAnExecutorAndStartsWithItsTicket() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("deploy", GatedJobs.byParameter());
        CaptureEnvironmentBuilder seen = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(seen);

        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);

        String sysId = GatedJobs.row(SERVICENOW, change).sysId();
        SERVICENOW
                .tables()
                .seed(
                        "sysapproval_approver",
                        Map.of("sysapproval", sysId, "approver", user("beth.anglin"), "state", "approved"));
        assertThat(GatedJobs.looked(job))
                .startsWith("Waiting for approval of " + change + " (" + SERVICENOW.url() + "/nav_to.do")
                .contains(sysId + "): state Assess; ", "approval", "; next check 20")
                .doesNotContain("<", "\n");
        assertThat(jenkins.jenkins.toComputer().countBusy()).isZero();
        assertThat(GatedJobs.queued(job)).hasSize(1).first().isInstanceOf(Queue.BlockedItem.class);
        String page = jenkins.createWebClient().goTo("job/deploy/").asXml();
        assertThat(page).contains("Waiting for approval in ServiceNow", change, "state Assess");

        GatedJobs.approve(SERVICENOW, change);

        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(seen.getEnvVars())
                .containsEntry("SERVICENOW_TICKET_NUMBER", change)
                .containsEntry("SERVICENOW_TICKET_SYS_ID", sysId)
                .containsEntry("CHANGE", change);
        assertThat(seen.getEnvVars().get("SERVICENOW_TICKET_URL")).startsWith(SERVICENOW.url() + "/nav_to.do");
        assertThat(build.getCauses())
                .extracting(Cause::getShortDescription)
                .contains("Approved in ServiceNow: " + change);
        jenkins.assertLogContains("Approved in ServiceNow: " + change, build);
        assertThat(build.getAction(BuildTickets.class).getTickets())
                .singleElement()
                .satisfies(card -> assertThat(card.getDecision().getApprovers()).contains("Beth Anglin"))
                .extracting(BuildTicket::getName, BuildTicket::getRole)
                .containsExactly(change, BuildTicket.Role.GATE);
        assertThat(Waits.get().size()).isZero();
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void pipelineWaitsBeforeItsFirstStepAndItsPartsHaveNoGate() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition(
                "node { echo \"number ${env.SERVICENOW_TICKET_NUMBER} of ${env.SERVICENOW_TICKET_SYS_ID}\" }", true));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", change)));
        GatedJobs.set(job, GatedJobs.byParameter());
        QueueTaskFuture<WorkflowRun> future = job.scheduleBuild2(0);
        GatedJobs.looked(job);

        GatedJobs.approve(SERVICENOW, change);

        WorkflowRun build = jenkins.assertBuildStatusSuccess(future);
        String sysId = GatedJobs.row(SERVICENOW, change).sysId();
        jenkins.assertLogContains("number " + change + " of " + sysId, build);
    }

    private void ticketParameterIsCheckedBeforeItIsWaitedFor() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jenkins.createFreeStyleProject("parameter");
        job.addProperty(new ParametersDefinitionProperty(new TicketParameterDefinition("CHANGE")));
        GatedJobs.set(job, GatedJobs.byParameter());
        CaptureEnvironmentBuilder seen = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(seen);
        QueueTaskFuture<FreeStyleBuild> future =
                job.scheduleBuild2(0, new ParametersAction(new TicketParameterValue("CHANGE", change)));
        Awaitility.await().until(() -> Waits.get().size() == 1);

        GatedJobs.approve(SERVICENOW, change);

        jenkins.assertBuildStatusSuccess(future);
        String sysId = GatedJobs.row(SERVICENOW, change).sysId();
        assertThat(seen.getEnvVars())
                .containsEntry("SERVICENOW_TICKET_NUMBER", change)
                .containsEntry("CHANGE", change)
                .containsEntry("CHANGE_SYS_ID", sysId);
    }

    private void starterMayNotApproveWhereThatIsForbidden() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        String beth = user("beth.anglin");
        SERVICENOW
                .tables()
                .seed(
                        "sysapproval_approver",
                        Map.of(
                                "sysapproval",
                                GatedJobs.row(SERVICENOW, change).sysId(),
                                "approver",
                                beth,
                                "state",
                                "approved"));
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setForbidSelfApproval(true);
        FreeStyleProject job = jobs.job("self", gate);
        ParametersAction parameters = new ParametersAction(new StringParameterValue("CHANGE", change));
        job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("Beth.Anglin")), parameters);
        GatedJobs.looked(job);

        GatedJobs.approve(SERVICENOW, change);

        assertThat(GatedJobs.notStarted(job).getReason())
                .startsWith("rejected: " + change + " was approved by the starter of this build: Beth Anglin");
    }

    private static String user(String name) {
        return SERVICENOW
                .tables()
                .first("sys_user", "user_name", name)
                .orElseThrow()
                .sysId();
    }

    private void rejectedTicketSendsTheBuildAwayAndANewOneWaitsForItAgain() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("rejected", GatedJobs.byParameter());
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);
        GatedJobs.looked(job);

        GatedJobs.reject(SERVICENOW, change);

        NotStarted not = GatedJobs.notStarted(job);
        assertThat(not.getReason()).startsWith("rejected: " + change);
        assertThat(future.isCancelled()).isTrue();
        assertThat(job.getLastBuild()).isNull();
        assertThat(jenkins.createWebClient().goTo("job/rejected/").asXml())
                .contains("Builds that did not start", "rejected: " + change, not.getUrl());
        assertThat(GatedJobs.row(SERVICENOW, change).get("state"))
                .as("named, not created here")
                .isEqualTo("-4");

        GatedJobs.row(SERVICENOW, change).set("state", "-2").set("approval", "approved");
        jenkins.assertBuildStatusSuccess(GatedJobs.start(job, change));
        assertThat(NotStartedBuilds.of(job)).hasSize(1);
    }

    private void wrongParametersSendTheBuildAwayBeforeAnyCall() throws Exception {
        FreeStyleProject job = jobs.job("wrong", GatedJobs.byParameter());
        for (String bad : List.of("", "CHG1^ORactive=true", "javascript:x")) {
            GatedJobs.start(job, bad);
        }
        Awaitility.await().until(() -> NotStartedBuilds.of(job).size() == 3);
        assertThat(NotStartedBuilds.of(job))
                .allSatisfy(not -> assertThat(not.getReason()).startsWith("CHANGE "));

        ApprovalGate other = GatedJobs.byParameter();
        other.setTicketParameter("TICKET");
        FreeStyleProject missing = jobs.job("missing", other);
        GatedJobs.start(missing, "CHG0030001");
        assertThat(GatedJobs.notStarted(missing).getReason())
                .startsWith(
                        "TICKET is the build parameter that names the ticket, but this build has no such parameter");

        FreeStyleProject neither = jobs.job("neither", new ApprovalGate());
        GatedJobs.start(neither, "CHG0030001");
        assertThat(GatedJobs.notStarted(neither).getReason()).startsWith("ticketParameter ");

        FreeStyleProject slow = jobs.job("slow", new ApprovalGate());
        GatedJobs.start(slow, "CHG0030001");
        assertThat(GatedJobs.notStarted(slow).getReason())
                .as("refused while the queue still moved it")
                .startsWith("ticketParameter ");
        assertThat(SERVICENOW.requestCount()).isZero();
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void closedTicketOrOneOfAnotherTypeOrDeletedConnectorHasAReason() throws Exception {
        String closed = GatedJobs.change(SERVICENOW);
        GatedJobs.row(SERVICENOW, closed).set("state", "3").set("active", "false");
        FreeStyleProject finished = jobs.job("finished", GatedJobs.byParameter());
        GatedJobs.start(finished, closed);
        assertThat(GatedJobs.notStarted(finished).getReason()).startsWith("finished: " + closed);

        FreeStyleProject unknown = jobs.job("unknown", GatedJobs.byParameter());
        GatedJobs.start(unknown, "INC0010001");
        assertThat(GatedJobs.why(unknown, "change_request")).contains("INC0010001:", "; next check ");

        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject orphan = jobs.job("orphan", GatedJobs.byParameter());
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(orphan, change);
        GatedJobs.looked(orphan);
        ServiceNowConnectors.get().setConnectors(List.of());
        GatedJobs.look();
        // for five minutes, in which somebody may put it right; the wait's own tests have a clock for that
        assertThat(GatedJobs.why(orphan, "connector 'test' does not exist")).contains(change, "; next check ");
        GatedJobs.connect(SERVICENOW);
        GatedJobs.approve(SERVICENOW, change);
        jenkins.assertBuildStatusSuccess(future);
        GatedJobs.queued(unknown).forEach(Queue.getInstance()::cancel);
    }

    private void differentTicketsWaitEachAndEqualOnesShareTheirWait() throws Exception {
        String first = GatedJobs.change(SERVICENOW);
        String second = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("several", GatedJobs.byParameter());
        QueueTaskFuture<FreeStyleBuild> one = GatedJobs.start(job, first);
        QueueTaskFuture<FreeStyleBuild> two = GatedJobs.start(job, second);
        Awaitility.await().until(() -> Waits.get().size() == 2);

        GatedJobs.start(job, first);

        assertThat(GatedJobs.queued(job)).hasSize(2);
        GatedJobs.approve(SERVICENOW, second);
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(two);
        assertThat(build.getAction(GateTicket.class).ticket().getName()).isEqualTo(second);
        assertThat(GatedJobs.queued(job)).hasSize(1);
        GatedJobs.approve(SERVICENOW, first);
        jenkins.assertBuildStatusSuccess(one);
        assertThat(job.getBuilds()).hasSize(2);
    }

    private void cancelledItemIsLookedAtNoMoreAndALiftedGateLetsPass() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("cancelled", GatedJobs.byParameter());
        GatedJobs.start(job, change);
        GatedJobs.looked(job);

        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));

        Awaitility.await()
                .until(() -> Waits.get().size() == 0 && GateRecords.all().isEmpty());
        assertThat(GatedJobs.notStarted(job).getReason()).isEqualTo("Canceled in the queue");

        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);
        GatedJobs.looked(job);
        job.removeProperty(ServiceNowJobProperty.class);
        Queue.getInstance().scheduleMaintenance();
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(build.getAction(BuildTickets.class)).isNull();
        Awaitility.await()
                .until(() -> Waits.get().size() == 0 && GateRecords.all().isEmpty());
    }

    /** Keeps the items of the job <i>slow</i> on their way through the queue until they are refused. */
    @TestExtension
    public static final class SlowQueue extends QueueListener {

        @Override
        public void onEnterBlocked(Queue.BlockedItem item) {
            if (item.task instanceof FreeStyleProject job && job.getName().equals("slow")) {
                Awaitility.await().until(() -> NotStartedBuilds.of(job).size() == 1);
                // long enough for one who does not wait for the queue to ask it in vain
                Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            }
        }
    }
}
