package io.jenkins.plugins.servicenowconnector.job.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.UnprotectedRootAction;
import hudson.model.queue.QueueTaskFuture;
import hudson.triggers.TimerTrigger;
import hudson.util.HttpResponses;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.job.RefusedItems;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterDefinition;
import io.jenkins.plugins.servicenowconnector.job.TicketParameterValue;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGate;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGates;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Folders;
import io.jenkins.plugins.servicenowconnector.view.ApprovalsPage;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.HttpResponse;

/** Nobody gets round a gate, and no gate does to a change of others what is done to its own. */
@WithJenkins
class GateGuardsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** The instance of those below, where everything is approved. */
    private static final Simulator OTHER = Simulator.start();

    private JenkinsRule jenkins;
    private GatedJobs jobs;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jobs = new GatedJobs(rule);
        SERVICENOW.reset();
        OTHER.reset();
        GatedJobs.connect(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
        OTHER.close();
    }

    @Test
    void nobodyBelowOrBesideGetsRoundAGate() throws Exception {
        secondStarterIsAStarterToo();
        starterWhoComesAfterTheApprovalIsOneToo();
        wrongTicketOfAParameterIsRefusedBeforeTheGateDoesAnything();
        nobodyIsAskedAboutATicketWhereTheJobIsNotKnown();
        connectorOfAFoldersGateIsTheOneThatTheFolderMeans();
    }

    @Test
    void changesOfOthersAreLeftAloneAndItemsFollowTheirGate() throws Exception {
        wrongTicketIsNotCanceled();
        ticketThatNobodyHasSeenIsNotCanceled();
        ticketThatIsMadeOnceForManyBuildsIsCanceledOnlyIfThatIsWanted();
        itemFollowsItsGateWhenThatIsChangedOrTakenAway();
        itemsThatJenkinsReadsAgainPassWithTheirTicket();
        itemsThatJenkinsReadsAgainWereCheckedBefore();
    }

    @Test
    void itemsWaitOrLeaveWhateverBecomesOfTheirJob() throws Exception {
        itemsWaitWhileTheirJobIsSaved();
        itemsOfADisabledJobLeaveWithAReason();
        recordsFollowTheirJobsAndDeletedOnesLeaveNoChangeBehind();
        itemThatPassedAndFindsItsGateGoneHasNoTicket();
        buildIsFoundHoweverManyCameAfterIt();
        lastOfSeveralValuesIsTheTicket();
        triggerBehindAnotherBuildIsATriggerToo();
        whatCannotBeToldKeepsNobodyWaiting();
    }

    private void itemsWaitWhileTheirJobIsSaved() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        String later = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("saved", GatedJobs.byParameter());
        QueueTaskFuture<FreeStyleBuild> first = GatedJobs.start(job, change);
        GatedJobs.why(job, "state Assess");
        Gates.get().absent().grace(Duration.ofHours(1));

        ServiceNowJobProperty property = job.removeProperty(ServiceNowJobProperty.class);
        QueueTaskFuture<FreeStyleBuild> second = GatedJobs.start(job, later);
        Awaitility.await()
                .until(() -> GatedJobs.queued(job).size() == 2
                        && GatedJobs.queued(job).stream()
                                .allMatch(item ->
                                        String.valueOf(item.getWhy()).contains("its gate is not there at the moment")));
        job.addProperty(property);
        Queue.getInstance().scheduleMaintenance();

        Awaitility.await().until(() -> Waits.get().size() == 2);
        assertThat(GateRecords.all()).as("the same wait goes on").hasSize(2);
        Gates.get().absent().grace(Duration.ofSeconds(1));
        GatedJobs.approve(SERVICENOW, change);
        GatedJobs.approve(SERVICENOW, later);
        for (QueueTaskFuture<FreeStyleBuild> each : List.of(first, second)) {
            FreeStyleBuild build = jenkins.assertBuildStatusSuccess(each);
            assertThat(build.getAction(GateTicket.class).ticket()).isNotNull();
        }
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void itemsOfADisabledJobLeaveWithAReason() throws Exception {
        FreeStyleProject job = jobs.job("disabled", GatedJobs.byParameter());
        GatedJobs.start(job, GatedJobs.change(SERVICENOW));
        GatedJobs.start(job, GatedJobs.change(SERVICENOW));
        Awaitility.await().until(() -> Waits.get().size() == 2);

        job.disable();

        // Jenkins itself takes out those that it finds
        Awaitility.await().until(() -> GatedJobs.queued(job).isEmpty());
        Awaitility.await().until(() -> NotStartedBuilds.of(job).size() == 2);
        assertThat(NotStartedBuilds.of(job))
                .extracting(NotStarted::getReason)
                .isSubsetOf("The job is disabled", "Canceled in the queue");
        Awaitility.await().until(() -> GateRecords.all().isEmpty());

        FreeStyleProject approved = jobs.job("approved", GatedJobs.byParameter());
        int executors = jenkins.jenkins.getNumExecutors();
        jenkins.jenkins.setNumExecutors(0);
        String change = GatedJobs.change(SERVICENOW);
        GatedJobs.start(approved, change);
        GatedJobs.why(approved, "state Assess");
        GatedJobs.approve(SERVICENOW, change);
        Awaitility.await()
                .until(() -> GatedJobs.queued(approved).stream().anyMatch(Queue.BuildableItem.class::isInstance));
        approved.setDisabled(true);
        jenkins.jenkins.setNumExecutors(executors);
        Queue.getInstance().scheduleMaintenance();
        assertThat(GatedJobs.notStarted(approved).getReason()).isEqualTo("The job is disabled");
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void recordsFollowTheirJobsAndDeletedOnesLeaveNoChangeBehind() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "old-team");
        set(team, null);
        FreeStyleProject job = team.createProject(FreeStyleProject.class, "old");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", "")));
        GatedJobs.start(job, GatedJobs.change(SERVICENOW));
        GatedJobs.why(job, "state Assess");
        GateRecord waitsNoMore = new GateRecord("waits-no-more", "old-team/old", 0);
        GateRecords.save(waitsNoMore);

        job.renameTo("new");
        team.renameTo("new-team");

        Awaitility.await()
                .until(() -> GateRecords.all().size() == 2
                        && GateRecords.all().stream()
                                .allMatch(record -> record.job().equals("new-team/new"))
                        && GateRecords.all().stream()
                                .anyMatch(record -> record.place().equals("new-team")));
        GatedJobs.look();
        assertThat(GatedJobs.why(job, "state Assess")).contains("CHG");
        Queue.getInstance().clear();
        Awaitility.await().until(() -> GateRecords.all().size() == 1);
        GateRecords.delete(waitsNoMore);

        FreeStyleProject deleted = jobs.job("deleted", GateCreationTest.creating(SERVICENOW));
        GatedJobs.start(deleted, "1");
        GatedJobs.why(deleted, "state Assess");
        deleted.delete();
        Awaitility.await()
                .until(() -> created("Deploy 1 of deleted").get("state").equals("4"));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void itemThatPassedAndFindsItsGateGoneHasNoTicket() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setRetryInterval("1h");
        FreeStyleProject job = jobs.job("unneeded", gate);
        int executors = jenkins.jenkins.getNumExecutors();
        jenkins.jenkins.setNumExecutors(0);
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);
        GatedJobs.why(job, "state Assess");
        GatedJobs.approve(SERVICENOW, change);
        Awaitility.await().until(() -> GatedJobs.queued(job).stream().anyMatch(Queue.BuildableItem.class::isInstance));

        job.removeProperty(ServiceNowJobProperty.class);
        Queue.getInstance().scheduleMaintenance();
        Awaitility.await().until(() -> Gates.get().of(job).isEmpty());
        jenkins.jenkins.setNumExecutors(executors);

        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(build.getCauses()).noneMatch(GateCause.class::isInstance);
        assertThat(build.getAction(GateTicket.class)).isNull();
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void buildIsFoundHoweverManyCameAfterIt() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("busy", GatedJobs.byParameter());
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);
        GatedJobs.why(job, "state Assess");
        GatedJobs.approve(SERVICENOW, change);
        FreeStyleBuild first = jenkins.assertBuildStatusSuccess(future);
        job.removeProperty(ServiceNowJobProperty.class);
        for (int i = 0; i < 20; i++) {
            jenkins.buildAndAssertSuccess(job);
        }

        GateTicket mark = first.getAction(GateTicket.class);
        assertThat(LostItems.hasStarted(job, mark.id(), mark.madeMillis())).isTrue();
        assertThat(LostItems.hasStarted(job, "another", mark.madeMillis())).isFalse();
        assertThat(LostItems.hasStarted(job, mark.id(), first.getTimeInMillis() + 1))
                .as("older builds need not be read")
                .isFalse();
    }

    private void lastOfSeveralValuesIsTheTicket() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("twice", GatedJobs.byParameter());
        QueueTaskFuture<FreeStyleBuild> future = job.scheduleBuild2(
                0,
                new ParametersAction(new StringParameterValue("CHANGE", GatedJobs.change(SERVICENOW))),
                new ParametersAction(new StringParameterValue("CHANGE", change)));

        assertThat(GatedJobs.why(job, "state Assess")).contains(change);
        future.cancel(true);
        Queue.getInstance().clear();
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void triggerBehindAnotherBuildIsATriggerToo() throws Exception {
        FreeStyleProject above = jenkins.createFreeStyleProject("above");
        FreeStyleBuild nightly =
                jenkins.assertBuildStatusSuccess(above.scheduleBuild2(0, new TimerTrigger.TimerTriggerCause()));
        FreeStyleBuild byHand = jenkins.assertBuildStatusSuccess(
                above.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("somebody"))));
        FreeStyleProject job = jobs.job("below", GateCreationTest.creating(SERVICENOW));

        job.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(nightly)));
        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("createForTriggers is off");

        job.scheduleBuild2(0, new CauseAction(new Cause.UpstreamCause(byHand)));
        GatedJobs.why(job, "state Assess");
        Queue.getInstance().clear();
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void whatCannotBeToldKeepsNobodyWaiting() throws Exception {
        FreeStyleProject job = jobs.job("broken", GatedJobs.byParameter());
        Files.writeString(
                job.getRootDir().toPath().resolve("servicenow-not-started.xml"),
                "<" + NotStartedBuilds.class.getName() + "/>");
        GatedJobs.start(job, "");
        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("CHANGE must not be blank");

        String change = GatedJobs.change(SERVICENOW);
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);
        GatedJobs.why(job, "state Assess");
        Waiter waiter = Waits.get().all().stream()
                .filter(each -> each.job() == job)
                .findFirst()
                .orElseThrow();
        Waits.get().remove(waiter);
        // an end without a ticket, as no look brings it
        waiter.ended(new WaitEnd(Outcome.APPROVED, "approved", null, null, null, null));
        GatedJobs.approve(SERVICENOW, change);
        jenkins.assertBuildStatusSuccess(future);
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void itemsThatJenkinsReadsAgainWereCheckedBefore() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject before = jenkins.createFreeStyleProject("read-again");
        TicketParameterDefinition parameter = new TicketParameterDefinition("CHANGE");
        parameter.setMustMatch("state = -4");
        before.addProperty(new ParametersDefinitionProperty(parameter));
        GatedJobs.set(before, canceling());
        before.scheduleBuild2(0, new ParametersAction(new TicketParameterValue("CHANGE", change)));
        GatedJobs.why(before, "state Assess");
        SERVICENOW.faults().always(Fault.BAD_GATEWAY);

        jenkins.jenkins.reload();

        FreeStyleProject job = jenkins.jenkins.getItemByFullName("read-again", FreeStyleProject.class);
        GatedJobs.why(job, change);
        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));
        assertThat(GatedJobs.notStarted(job).getReason()).isEqualTo("Canceled in the queue");
        SERVICENOW.faults().none();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> GatedJobs.row(SERVICENOW, change).get("state").equals("4"));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private void connectorOfAFoldersGateIsTheOneThatTheFolderMeans() throws Exception {
        Folders.allow("localhost, 127.0.0.1", true);
        Folder team = Folders.with(
                jenkins, "team", Folders.connector("prod", SERVICENOW.url().toString(), null));
        Folders.credentials(team, Simulator.PASSWORD);
        Folder below = team.createProject(Folder.class, "below");
        Folders.define(below, Folders.connector("prod", OTHER.url().toString(), null));
        Folders.credentials(below, Simulator.PASSWORD);
        set(team, "prod");
        passesOnlyWhatTheFoldersInstanceApproves(below.createProject(FreeStyleProject.class, "shadowed"));

        Connector test = Connecting.to(SERVICENOW, null);
        Connector dev = new Connector("Dev", OTHER.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        dev.setId("dev");
        dev.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(test, dev));
        ServiceNowConnectors.get().setDefaultConnector("test");
        Folder plain = Folders.with(jenkins, "plain");
        set(plain, null);
        FreeStyleProject job = plain.createProject(FreeStyleProject.class, "own-default");
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setConnector("dev");
        job.addProperty(property);
        passesOnlyWhatTheFoldersInstanceApproves(job);
    }

    private static void set(Folder folder, String connector) throws Exception {
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setConnector(connector);
        FolderGates property = new FolderGates();
        property.setGates(List.of(new FolderGate(gate)));
        folder.addProperty(property);
    }

    private void passesOnlyWhatTheFoldersInstanceApproves(FreeStyleProject job) throws Exception {
        ServiceNowJobProperty own = job.getProperty(ServiceNowJobProperty.class);
        ServiceNowJobProperty reporting = own == null ? new ServiceNowJobProperty() : own;
        reporting.setReportAtEnd(true);
        job.removeProperty(ServiceNowJobProperty.class);
        job.addProperty(reporting);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", "")));
        String change = GatedJobs.change(SERVICENOW);
        OTHER.tables()
                .seed(
                        "change_request",
                        Map.of("number", change, "type", "normal", "state", "-2", "approval", "approved"));
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);

        GatedJobs.looked(job);
        SERVICENOW.faults().always(Fault.UNAUTHENTICATED);
        GatedJobs.look();
        GatedJobs.why(job, "does not accept the account");
        SERVICENOW.faults().none();
        GatedJobs.row(SERVICENOW, change).set("state", "-2").set("approval", "approved");
        // its connector too is the folder's, whose secret is tried again
        String wait = Waits.get().all().iterator().next().approval().id();
        ExtensionList.lookupSingleton(ApprovalsPage.class).doCheck(wait);

        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(build.getAction(GateTicket.class).ticket().getUrl())
                .startsWith(SERVICENOW.url().toString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .until(() ->
                        GatedJobs.row(SERVICENOW, change).journal().toString().contains("SUCCESS"));
        assertThat(OTHER.requestCount()).isZero();
    }

    private void secondStarterIsAStarterToo() throws Exception {
        String change = approvedByBeth();
        FreeStyleProject job = jobs.job("folded", forbidding());
        start(job, change, "somebody");
        GatedJobs.looked(job);
        start(job, change, "Beth.Anglin");
        assertThat(GatedJobs.queued(job)).hasSize(1);

        GatedJobs.approve(SERVICENOW, change);

        assertThat(GatedJobs.notStarted(job).getReason())
                .startsWith("rejected: " + change + " was approved by the starter of this build: Beth Anglin");
    }

    private void starterWhoComesAfterTheApprovalIsOneToo() throws Exception {
        String change = approvedByBeth();
        FreeStyleProject job = jobs.job("late", forbidding());
        int executors = jenkins.jenkins.getNumExecutors();
        jenkins.jenkins.setNumExecutors(0);
        start(job, change, "somebody");
        GatedJobs.looked(job);
        GatedJobs.approve(SERVICENOW, change);
        Awaitility.await().until(() -> GatedJobs.queued(job).stream().anyMatch(Queue.BuildableItem.class::isInstance));

        start(job, change, "Beth.Anglin");
        Queue.getInstance().scheduleMaintenance();

        assertThat(GatedJobs.notStarted(job).getReason())
                .startsWith("rejected: " + change + " was approved by the starter of this build: Beth Anglin");
        jenkins.jenkins.setNumExecutors(executors);
    }

    private static ApprovalGate forbidding() {
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setForbidSelfApproval(true);
        gate.setRetryInterval("1m");
        return gate;
    }

    private static void start(FreeStyleProject job, String change, String user) {
        job.scheduleBuild2(
                0,
                new CauseAction(new Cause.UserIdCause(user)),
                new ParametersAction(new StringParameterValue("CHANGE", change)));
    }

    private static String approvedByBeth() {
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
        return change;
    }

    private void wrongTicketOfAParameterIsRefusedBeforeTheGateDoesAnything() throws Exception {
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        String change = GatedJobs.change(SERVICENOW);
        ApprovalGate canceling = GatedJobs.byParameter();
        canceling.setOnNotRun("cancel");
        FreeStyleProject named = checked("checked-named", canceling);
        FreeStyleProject created = checked("checked-created", GateCreationTest.creating(SERVICENOW));
        long before = SERVICENOW.tables().rows("change_request").size();

        for (FreeStyleProject job : List.of(named, created)) {
            job.scheduleBuild2(0, new ParametersAction(new TicketParameterValue("CHANGE", change)));
            Awaitility.await().until(() -> RefusedItems.of(job).getItems().size() == 1);
        }

        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .until(() -> NotStartedBuilds.of(named).isEmpty()
                        && NotStartedBuilds.of(created).isEmpty()
                        && GatedJobs.row(SERVICENOW, change).get("state").equals("-4"));
        FreeStyleProject again = checked("checked-again", null);
        GateTicket ofEarlierBuild = new GateTicket(change);
        ofEarlierBuild.admit();
        again.scheduleBuild2(
                0,
                new Cause.UserIdCause(),
                new ParametersAction(new TicketParameterValue("CHANGE", change)),
                ofEarlierBuild);
        Awaitility.await().until(() -> RefusedItems.of(again).getItems().size() == 1);
        assertThat(SERVICENOW.tables().rows("change_request")).hasSize((int) before);
        assertThat(GateRecords.all()).isEmpty();
    }

    private void nobodyIsAskedAboutATicketWhereTheJobIsNotKnown() throws Exception {
        long before = SERVICENOW.requestCount();

        String page = jenkins.createWebClient()
                .goTo("parameter-probe/", "text/plain")
                .getWebResponse()
                .getContentAsString();

        assertThat(page).isEqualTo("CHG0030001");
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);
    }

    private FreeStyleProject checked(String name, ApprovalGate gate) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        TicketParameterDefinition parameter = new TicketParameterDefinition("CHANGE");
        parameter.setMustMatch("short_description = Something else");
        job.addProperty(new ParametersDefinitionProperty(parameter));
        if (gate != null) {
            GatedJobs.set(job, gate);
        }
        return job;
    }

    private void wrongTicketIsNotCanceled() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        ApprovalCriteria other = new ApprovalCriteria();
        other.setExpression("ticket.short_description.value == 'Something else'");
        ApprovalGate gate = canceling();
        gate.setMustMatch(other);
        FreeStyleProject job = jobs.job("wrong", gate);
        GatedJobs.start(job, change);

        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("wrong ticket: " + change);
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        assertThat(GatedJobs.row(SERVICENOW, change).get("state")).isEqualTo("-4");
    }

    private void ticketThatNobodyHasSeenIsNotCanceled() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        ApprovalGate gate = canceling();
        // no look finds the instance back before the item is canceled
        gate.setRetryInterval("1h");
        FreeStyleProject job = jobs.job("unseen", gate);
        SERVICENOW.faults().always(Fault.BAD_GATEWAY);
        GatedJobs.start(job, change);
        GatedJobs.why(job, "got no answer from the instance");
        SERVICENOW.faults().none();
        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));

        assertThat(GatedJobs.notStarted(job).getReason()).isEqualTo("Canceled in the queue");
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        assertThat(GatedJobs.notStarted(job).getNote()).isEqualTo(change + " was never seen, so it is not canceled");
        assertThat(GatedJobs.row(SERVICENOW, change).get("state")).isEqualTo("-4");

        String seen = GatedJobs.change(SERVICENOW);
        FreeStyleProject other = jobs.job("seen", canceling());
        GatedJobs.start(other, seen);
        GatedJobs.looked(other);
        Queue.getInstance().cancel(GatedJobs.queued(other).get(0));
        Awaitility.await()
                .until(() -> GatedJobs.row(SERVICENOW, seen).get("state").equals("4"));
    }

    private void ticketThatIsMadeOnceForManyBuildsIsCanceledOnlyIfThatIsWanted() throws Exception {
        ApprovalGate gate = GateCreationTest.creating(SERVICENOW);
        gate.getCreate().setOnceFor("release 1");
        FreeStyleProject job = jobs.job("shared", gate);
        GatedJobs.start(job, "1");
        GatedJobs.looked(job);
        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));
        assertThat(GatedJobs.notStarted(job).getReason()).isEqualTo("Canceled in the queue");
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
        Row row = created("Deploy 1 of shared");
        assertThat(row.get("state")).isEqualTo("-4");

        ApprovalGate wanted = GateCreationTest.creating(SERVICENOW);
        wanted.getCreate().setOnceFor("release 1");
        wanted.setOnNotRun("cancel");
        GatedJobs.set(job, wanted);
        GatedJobs.start(job, "1");
        GatedJobs.looked(job);
        Queue.getInstance().cancel(GatedJobs.queued(job).get(0));
        Awaitility.await().until(() -> row.get("state").equals("4"));
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    private static ApprovalGate canceling() {
        ApprovalGate gate = GatedJobs.byParameter();
        gate.setOnNotRun("cancel");
        return gate;
    }

    private void itemFollowsItsGateWhenThatIsChangedOrTakenAway() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject job = jobs.job("changed", GateCreationTest.creating(SERVICENOW));
        QueueTaskFuture<FreeStyleBuild> future = GatedJobs.start(job, change);
        GatedJobs.looked(job);
        Row first = created("Deploy " + change + " of changed");

        ApprovalCriteria stricter = new ApprovalCriteria();
        stricter.setExpression("ticket.short_description.value == 'signed'");
        ApprovalGate same = GateCreationTest.creating(SERVICENOW);
        same.setApprovalCriteria(stricter);
        set(job, same);
        GatedJobs.why(job, "signed");
        assertThat(first.get("state")).isEqualTo("-4");

        set(job, GatedJobs.byParameter());
        GatedJobs.why(job, change);
        Awaitility.await().until(() -> first.get("state").equals("4"));
        assertThat(first.journal().toString()).contains("starts without it", "gate was changed or taken away");

        set(job, GateCreationTest.creating(SERVICENOW));
        Row second = Awaitility.await()
                .until(
                        () -> SERVICENOW.tables().rows("change_request").stream()
                                .filter(row -> row.get("short_description").equals("Deploy " + change + " of changed")
                                        && row.get("state").equals("-4"))
                                .findFirst()
                                .orElse(null),
                        row -> row != null);
        GatedJobs.looked(job);
        job.removeProperty(ServiceNowJobProperty.class);
        Queue.getInstance().scheduleMaintenance();
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(future);
        assertThat(build.getAction(GateTicket.class)).isNull();
        Awaitility.await().until(() -> second.get("state").equals("4"));
        assertThat(NotStartedBuilds.of(job)).isEmpty();
        Awaitility.await()
                .until(() -> Waits.get().size() == 0 && GateRecords.all().isEmpty());
    }

    /** In one step: an item that sees its job without a gate starts. */
    private static void set(Job<?, ?> job, ApprovalGate gate) {
        job.getProperty(ServiceNowJobProperty.class).setGate(gate);
        Queue.getInstance().scheduleMaintenance();
    }

    private static Row created(String title) {
        return SERVICENOW
                .tables()
                .first("change_request", "short_description", title)
                .orElseThrow();
    }

    private void itemsThatJenkinsReadsAgainPassWithTheirTicket() throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        FreeStyleProject before = jobs.job("reloaded", GatedJobs.byParameter());
        GatedJobs.start(before, change);
        GatedJobs.looked(before);

        jenkins.jenkins.reload();

        FreeStyleProject job = jenkins.jenkins.getItemByFullName("reloaded", FreeStyleProject.class);
        assertThat(job).isNotSameAs(before);
        GatedJobs.looked(job);
        Awaitility.await().until(() -> Gates.get().of(job).size() == 1);
        GatedJobs.approve(SERVICENOW, change);
        FreeStyleBuild build = Awaitility.await().until(job::getLastBuild, each -> each != null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(build.getAction(GateTicket.class).ticket().getName()).isEqualTo(change);
        assertThat(build.getAction(BuildTickets.class).getTickets())
                .singleElement()
                .extracting(BuildTicket::getName)
                .isEqualTo(change);
        Awaitility.await().until(() -> GateRecords.all().isEmpty());
    }

    /** Makes the value of a parameter in a request that knows of no job, as the command line does. */
    @TestExtension
    public static final class Probe extends InvisibleAction implements UnprotectedRootAction {

        @Override
        public String getUrlName() {
            return "parameter-probe";
        }

        public HttpResponse doIndex() {
            ParameterValue value = new TicketParameterDefinition("CHANGE").createValue("CHG0030001");
            return HttpResponses.text((String) value.getValue());
        }
    }
}
