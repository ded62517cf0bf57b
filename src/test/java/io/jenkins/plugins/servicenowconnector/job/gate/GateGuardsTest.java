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
import hudson.util.HttpResponses;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
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
import io.jenkins.plugins.servicenowconnector.wait.Waits;
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
        GatedJobs.set(job, gate);
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
