package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import hudson.model.queue.QueueTaskFuture;
import hudson.triggers.TimerTrigger.TimerTriggerCause;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that wait in the queue for a ticket that was created for them. */
@WithJenkins
class GateCreationTest {

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
    void ticketsAreCreatedForBuildsThatWait() throws Exception {
        ticketIsCreatedOnceAfterTheQuietPeriodAndSharedByWhatIsMerged();
        cancelledItemTakesItsChangeAwayUnlessItIsToBeLeft();
        nothingIsCreatedForTimersUnlessThatIsWanted();
        whatIsNotTakenRefusesTheBuildIfThatIsWanted();
        refusedCreationHasAReasonAndAMissingAgentIsWaitedFor();
    }

    /** A gate that creates a change and requests its approval. */
    static ApprovalGate creating(Simulator servicenow) {
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setShortDescription("Deploy ${CHANGE} of ${JOB_NAME}");
        create.setNames(Map.of("assignment_group", "Network"));
        create.setRequestApproval(true);
        ApprovalGate gate = new ApprovalGate();
        gate.setCreate(create);
        gate.setRetryInterval("10s");
        return gate;
    }

    private void ticketIsCreatedOnceAfterTheQuietPeriodAndSharedByWhatIsMerged() throws Exception {
        SERVICENOW.switches().unwritable("change_request.justification");
        ApprovalGate gate = creating(SERVICENOW);
        gate.getCreate().setFields(Map.of("justification", "needed"));
        FreeStyleProject job = jobs.job("deploy", gate);
        ParametersAction version = new ParametersAction(List.of(new StringParameterValue("CHANGE", "4.2")));
        job.scheduleBuild2(3600, new Cause.UserIdCause(), version);
        assertThat(GatedJobs.queued(job)).hasSize(1).first().isInstanceOf(Queue.WaitingItem.class);
        assertThat(SERVICENOW.requestCount())
                .as("nobody is asked in the quiet period")
                .isZero();

        QueueTaskFuture<FreeStyleBuild> future = job.scheduleBuild2(0, new Cause.UserIdCause(), version);

        assertThat(GatedJobs.looked(job)).startsWith("Waiting for approval of CHG");
        job.scheduleBuild2(0, new Cause.UserIdCause(), version);
        Row row = only("Deploy 4.2 of deploy");
        assertThat(row.journal().toString()).contains("a build of deploy", "waits for this ticket");
        assertThat(GatedJobs.queued(job)).hasSize(1);

        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(row.number());
        GatedJobs.look();

        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(build.getAction(GateTicket.class).ticket().getSysId()).isEqualTo(row.sysId());
        assertThat(build.getCauses())
                .extracting(Cause::getShortDescription)
                .contains("Approved in ServiceNow: " + row.number());
        only("Deploy 4.2 of deploy");
        assertThat(JenkinsRule.getLog(build))
                .contains("Created " + row.number() + " " + SERVICENOW.url())
                .contains("Warning: ServiceNow did not take justification: sent 'needed'")
                .contains("Requested approval of " + row.number() + ", now in state 'Assess'");
        assertThat(SERVICENOW.requests().stream().filter(each -> each.method().equals("POST")))
                .hasSize(1);
    }

    private void cancelledItemTakesItsChangeAwayUnlessItIsToBeLeft() throws Exception {
        FreeStyleProject job = jobs.job("cancelled", creating(SERVICENOW));
        GatedJobs.start(job, "1");
        GatedJobs.looked(job);
        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));

        Row row = only("Deploy 1 of cancelled");
        Awaitility.await().until(() -> row.get("state").equals("4"));
        assertThat(row.journal().toString()).contains("does not start. Canceled in the queue");
        Awaitility.await().until(() -> GatedJobs.notStarted(job).getNote().startsWith(row.number() + ": "));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());

        ApprovalGate leaving = creating(SERVICENOW);
        leaving.setOnNotRun("leave");
        leaving.setTimeout("1s");
        FreeStyleProject expiring = jobs.job("expiring", leaving);
        GatedJobs.start(expiring, "2");
        NotStarted not = GatedJobs.notStarted(expiring);
        assertThat(not.getReason()).startsWith("expired: CHG");
        assertThat(GatedJobs.row(SERVICENOW, not.getTicket()).get("state")).isEqualTo("-4");
        assertThat(not.getNote()).isEmpty();
    }

    private void nothingIsCreatedForTimersUnlessThatIsWanted() throws Exception {
        FreeStyleProject job = jobs.job("nightly", creating(SERVICENOW));
        long before = SERVICENOW.requestCount();
        job.scheduleBuild2(0, new TimerTriggerCause());
        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("createForTriggers is off");
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);

        ApprovalGate ticked = creating(SERVICENOW);
        ticked.setCreateForTriggers(true);
        GatedJobs.set(job, ticked);
        job.scheduleBuild2(0, new TimerTriggerCause());
        GatedJobs.looked(job);
        only("Deploy  of nightly");
        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void whatIsNotTakenRefusesTheBuildIfThatIsWanted() throws Exception {
        ApprovalGate gate = creating(SERVICENOW);
        gate.getCreate().setFields(Map.of("justification", "needed"));
        gate.getCreate().setFailOnNotTaken(true);
        FreeStyleProject job = jobs.job("strict", gate);

        GatedJobs.start(job, "1");

        NotStarted not = GatedJobs.notStarted(job);
        Row row = only("Deploy 1 of strict");
        assertThat(not.getTicket()).isEqualTo(row.number());
        assertThat(not.getReason()).startsWith("ServiceNow wrote " + row.number() + " but did not take justification");
        Awaitility.await().until(() -> row.get("state").equals("4"));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        assertThat(SERVICENOW.requests())
                .as("nobody is asked first")
                .noneMatch(
                        sent -> sent.path().endsWith(row.sysId()) && sent.body().contains("\"-4\""));
    }

    private void refusedCreationHasAReasonAndAMissingAgentIsWaitedFor() throws Exception {
        ApprovalGate refused = creating(SERVICENOW);
        refused.getCreate().setNames(Map.of("assignment_group", "Nobody at all"));
        FreeStyleProject job = jobs.job("refused", refused);
        GatedJobs.start(job, "1");
        assertThat(GatedJobs.notStarted(job).getReason()).contains("Nobody at all");

        Connecting.to(SERVICENOW, "nowhere");
        FreeStyleProject waiting = jobs.job("waiting", creating(SERVICENOW));
        GatedJobs.start(waiting, "1");
        GatedJobs.why(waiting, "No node has the label 'nowhere'");
        Queue.getInstance().cancel(GatedJobs.queued(waiting).get(0));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        FreeStyleProject corrected = jobs.job("corrected", creating(SERVICENOW));
        GatedJobs.start(corrected, "1");
        GatedJobs.why(corrected, "No node has the label 'nowhere'");
        // somebody puts the connector right
        GatedJobs.connect(SERVICENOW);
        GatedJobs.looked(corrected);
        only("Deploy 1 of corrected");
        Queue.getInstance().cancel(GatedJobs.queued(corrected).get(0));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        assertThat(SERVICENOW.tables().rows("change_request"))
                .extracting(row -> row.get("short_description"))
                .doesNotContain("Deploy 1 of waiting", "Deploy 1 of refused");
        assertThat(Waits.get().size()).isZero();
    }

    private static Row only(String title) {
        List<Row> rows = SERVICENOW.tables().rows("change_request").stream()
                .filter(row -> row.get("short_description").equals(title))
                .toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
