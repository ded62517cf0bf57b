package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.view.OpenCreation;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * That there is one ticket each, among a hundred at once, when agents and Jenkins' process are killed in the middle; ServiceNow
 * lives on meanwhile.
 */
@Tag("long")
class ControllerKilledTest {

    /** Longer than Jenkins lives: no answer comes. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    @RegisterExtension
    private final RealJenkinsExtension real = new RealJenkinsExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    private final Simulator servicenow = Simulator.start();
    private final ManyCreations many = new ManyCreations(real, servicenow, "outpost");

    @AfterEach
    void stop() {
        servicenow.close();
    }

    /** What became of a build, as texts, since it crosses from one process to another. */
    private record Outcome(String result, String log, List<String> tickets, List<String> open)
            implements Serializable {}

    @Test
    void killedBetweenSendingAndSavingThereIsOneTicketEach() throws Throwable {
        real.startJenkins();
        agents.createAgent(real, agent("dies"));
        real.runRemotely(ControllerKilledTest::connect, servicenow.url().toString(), ManyCreations.RESPONSE_TIMEOUT);
        many.beginForAgentsEnd();
        agents.createAgent(real, agent("lives"));
        agents.stop(real, "dies");
        Fault stored = Fault.silentThenLateCommit(SILENCE, Duration.ZERO);
        Fault storedLater = Fault.silentThenLateCommit(SILENCE, SILENCE);
        begin("durable", incident("durable"), FlowDurabilityHint.MAX_SURVIVABILITY, "POST", stored);
        begin("late", incident("late"), FlowDurabilityHint.MAX_SURVIVABILITY, "POST", storedLater);
        begin("fast", incident("fast"), FlowDurabilityHint.PERFORMANCE_OPTIMIZED, "POST", stored);
        begin("never", incident("never"), FlowDurabilityHint.PERFORMANCE_OPTIMIZED, "POST", storedLater);
        begin(
                "once",
                incident("once") + ", onceFor: 'release-42'",
                FlowDurabilityHint.PERFORMANCE_OPTIMIZED,
                "POST",
                storedLater);
        String submitted = Pipelines.submittedChange(servicenow);
        begin("submitted", submitted, FlowDurabilityHint.MAX_SURVIVABILITY, "PATCH", stored);
        beginToWait("CHG0040001");
        leaveOpen("CHG0040002");
        beginToWaitForOwn();
        many.finishThoseOfAgentsEnd();
        many.beginForJenkinsEnd();

        real.stopJenkinsForcibly();
        agents.stop("lives");
        Gates.approve(servicenow, "CHG0040001");
        servicenow.faults().none();
        real.startJenkins();
        real.runRemotely(ControllerKilledTest::buildAgain, "once");
        agents.start(real, agent("lives"));

        // nobody looks at the build
        awaitCanceled(Gates.row(servicenow, "CHG0040002"));
        real.runRemotely(ControllerKilledTest::abort, "own");
        awaitCanceled(change("own"));

        assertThat(outcome("durable").log()).contains("which was created although its answer was lost");
        assertThat(outcome("submitted").log()).contains("taken again", "state Assess");
        await().atMost(Duration.ofSeconds(30)).until(() -> !looks("late").isEmpty());
        assertThat(outcome("gate").result()).isEqualTo("SUCCESS");
        assertLeftOpen();
        servicenow.commitLate();
        assertThat(outcome("late").log())
                .contains("Looking for the ticket in incident", "which was created although its answer was lost");

        assertThat(outcome("once").log()).contains("created by an earlier attempt; it is taken again");

        // the last one came late, after its build had failed
        assertThat(servicenow.tables().rows("incident"))
                .extracting(row -> row.get("short_description"))
                .filteredOn(title -> !ManyCreations.isOne(title))
                .containsExactlyInAnyOrder("durable", "fast", "late", "never", "once");
        assertThat(servicenow.tables().rows("change_request").stream()
                        .filter(change -> change.get("short_description").equals("Zürich – 変更")))
                .hasSize(1);
        assertThat(sent("POST")).hasSize(7);
        many.finishAll();
    }

    private static InboundAgentExtension.Options agent(String name) {
        return InboundAgentExtension.Options.newBuilder()
                .name(name)
                .label("servicenow")
                .build();
    }

    /** A build that does not go on sends nothing, and its page says what was found. */
    private void assertLeftOpen() throws Throwable {
        Outcome fast = outcome("fast");
        assertThat(fast.result()).isEqualTo("FAILURE");
        Row incident = servicenow
                .tables()
                .first("incident", "short_description", "fast")
                .orElseThrow();
        assertThat(fast.open()).containsExactly("The ticket was created: " + incident.number() + ".");
        assertThat(fast.tickets()).containsExactly(incident.number());
        assertThat(looks("fast")).as("looked up once").hasSize(1);

        Outcome never = outcome("never");
        assertThat(never.result()).isEqualTo("FAILURE");
        assertThat(never.open())
                .containsExactly("No such ticket is in incident; it was not created, or cannot be seen.");
        assertThat(never.tickets()).isEmpty();
    }

    private static String incident(String title) {
        return "serviceNowCreate ticketType: 'incident', shortDescription: '" + title + "'";
    }

    /** Starts a build whose next request of that method gets no answer, and waits until that request is there. */
    private void begin(String name, String script, FlowDurabilityHint hint, String method, Fault fault)
            throws Throwable {
        long before = sent(method).count();
        // the many have faults of their own
        servicenow.faults().next(call -> call.method().equals(method) && !ManyCreations.isOne(call.text()), fault);
        real.runRemotely(ControllerKilledTest::start, name, script, hint);
        await().atMost(Duration.ofSeconds(60)).until(() -> sent(method).count() > before);
    }

    /** Who looks once a day decides by the first look after the restart. */
    private void beginToWait(String number) throws Throwable {
        Gates.open(servicenow, number);
        String script = "serviceNowApproval ticketNumber: '" + number + "', retryInterval: '1d', timeout: '2d'";
        real.runRemotely(ControllerKilledTest::start, "gate", script, FlowDurabilityHint.MAX_SURVIVABILITY);
        await().atMost(Duration.ofSeconds(60)).until(() -> Gates.looks(servicenow, number) > 0);
    }

    /** A wait that is stored when it begins only: no look at its ticket works. */
    private void beginToWaitForOwn() throws Throwable {
        servicenow.faults().always(Match.table("GET", "change_request"), Fault.HIBERNATING);
        String script = "def own = serviceNowCreate shortDescription: 'own'\n"
                + "serviceNowApproval sysId: own.sysId, retryInterval: '1d', timeout: '2d',\n"
                + "    approvalCriteria: [expression: 'ticket.approval.value == \"approved\"']";
        real.runRemotely(ControllerKilledTest::start, "own", script, FlowDurabilityHint.MAX_SURVIVABILITY);
        // the change has to be created first
        await().atMost(Duration.ofSeconds(60))
                .ignoreException(NoSuchElementException.class)
                .until(() -> looks("own").size() > 0);
    }

    /** Stops a build whose change cannot be canceled, because its instance takes no writes. */
    private void leaveOpen(String number) throws Throwable {
        Gates.open(servicenow, number);
        servicenow.faults().always(Match.table("PATCH", "change_request"), Fault.HIBERNATING);
        String script = "serviceNowApproval ticketNumber: '" + number + "', retryInterval: '1d', onNotRun: 'cancel'";
        real.runRemotely(ControllerKilledTest::start, "left", script, FlowDurabilityHint.MAX_SURVIVABILITY);
        await().atMost(Duration.ofSeconds(60)).until(() -> Gates.looks(servicenow, number) > 0);
        real.runRemotely(ControllerKilledTest::leave, "left", number + " cannot be canceled now, it is tried again");
    }

    private Row change(String title) {
        return servicenow
                .tables()
                .first("change_request", "short_description", title)
                .orElseThrow();
    }

    private static void awaitCanceled(Row change) {
        await().atMost(Duration.ofSeconds(60)).until(() -> change.get("state").equals("4"));
    }

    private Outcome outcome(String name) throws Throwable {
        return real.runRemotely(ControllerKilledTest::finish, name);
    }

    private Stream<Exchange> sent(String method) {
        return servicenow.requests().stream()
                .filter(each -> each.method().equals(method) && !ManyCreations.isOne(each.body()));
    }

    /** The looks for the ticket with this title, by the mark that was sent with it. */
    private List<Exchange> looks(String title) {
        String body = sent("POST")
                .map(Exchange::body)
                .filter(each -> each.contains("\"" + title + "\""))
                .findFirst()
                .orElseThrow();
        String mark = body.replaceAll("(?s).*\"sys_id\":\"([0-9a-f]{32})\".*", "$1");
        return sent("GET").filter(each -> each.query().contains(mark)).toList();
    }

    private static void connect(JenkinsRule jenkins, String url, String timeoutOfMany) throws Exception {
        CallLimits limits = new CallLimits();
        limits.setParallelCalls("10");
        // so long after Jenkins' start something may arrive, however slow the machine is
        limits.setResponseTimeout("10m");
        Connector near = Connecting.to(url, null, Simulator.PASSWORD);
        near.setLimits(limits);
        Connector far = new Connector("Outpost", url, new BasicKind(Connecting.CREDENTIALS));
        far.setId("outpost");
        far.setAgentLabel("servicenow");
        far.setSkipValidation(true);
        CallLimits ofMany = new CallLimits();
        ofMany.setConnectTimeout("2s");
        ofMany.setResponseTimeout(timeoutOfMany);
        ofMany.setParallelCalls("100");
        far.setLimits(ofMany);
        ServiceNowConnectors.get().setConnectors(List.of(near, far));
        ServiceNowConnectors.get().setDefaultConnector(near.getId());
        ServiceNowConnectors.get().save();
        Pipelines.proveAccount(jenkins);
        jenkins.buildAndAssertSuccess(Pipelines.job(
                jenkins,
                "first-call-of-outpost",
                "serviceNowGet connector: 'outpost', ticketType: 'incident', query: 'active=true'"));
    }

    private static void start(JenkinsRule jenkins, String name, String script, FlowDurabilityHint hint)
            throws Exception {
        WorkflowJob job = Pipelines.job(jenkins, name, script);
        job.addProperty(new DurabilityHintJobProperty(hint));
        job.scheduleBuild2(0).waitForStart();
    }

    /** Another build of the job, which has to be careful of the one that was killed. */
    private static void buildAgain(JenkinsRule jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        jenkins.waitForMessage(
                "Jenkins has only just started", job.scheduleBuild2(0).waitForStart());
    }

    private static void abort(JenkinsRule jenkins, String name) throws Exception {
        WorkflowRun build =
                jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
        build.doStop();
        jenkins.waitForCompletion(build);
    }

    private static void leave(JenkinsRule jenkins, String name, String sentence) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        jenkins.waitForMessage("  waiting: ", job.getLastBuild());
        abort(jenkins, name);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> job.getLastBuild().getActions(LeftChanges.class).stream()
                        .flatMap(left -> left.getTroubles().stream())
                        .anyMatch(trouble -> trouble.startsWith(sentence)));
    }

    private static Outcome finish(JenkinsRule jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName(name, WorkflowJob.class);
        WorkflowRun build = jenkins.waitForCompletion(job.getLastBuild());
        BuildTickets tickets = build.getAction(BuildTickets.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tickets.getOpen().stream().noneMatch(open -> open.getAnswer() == null));
        return new Outcome(
                build.getResult().toString(),
                JenkinsRule.getLog(build),
                tickets.getTickets().stream().map(BuildTicket::getName).toList(),
                tickets.getOpen().stream().map(OpenCreation::getAnswer).toList());
    }
}
