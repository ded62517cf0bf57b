package io.jenkins.plugins.servicenowconnector.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalDefaults;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.engine.SteppedClock;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What happens to builds, connectors, agents and instances while a build waits for an approval. */
@WithJenkins
class WaitLifeTest {

    private static final Simulator SERVICENOW = Simulator.start();
    private static final Simulator OTHER = Simulator.start();

    private static final String NOT_HERE = "does not exist, or may not be used here";

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @BeforeEach
    void reset() {
        SERVICENOW.reset();
        OTHER.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
        OTHER.close();
    }

    @Test
    void whateverEndsABuildLeavesNoLookBehind(JenkinsRule jenkins) throws Exception {
        connect(connector -> {});
        WorkflowRun aborted = waiting(jenkins, "CHG0040001");
        WorkflowRun inALook = waiting(jenkins, "CHG0040002");
        WorkflowRun ofDeletedJob = waiting(jenkins, "CHG0040003");
        WorkflowRun deleted = waiting(jenkins, "CHG0040004");
        WorkflowRun goesOn = waiting(jenkins, "CHG0040005");

        aborted.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
        ofDeletedJob.getParent().delete();
        deleted.doStop();
        jenkins.waitForCompletion(deleted).delete();
        long before = SERVICENOW.requestCount();
        SERVICENOW.faults().next(Fault.slow(Duration.ofSeconds(2)));
        await().until(() -> SERVICENOW.requestCount() > before);
        inALook.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(inALook));
        Gates.awaitLooks();

        List<String> ended = List.of("CHG0040001", "CHG0040002", "CHG0040003", "CHG0040004");
        List<Long> looks =
                ended.stream().map(each -> Gates.looks(SERVICENOW, each)).toList();
        long looksOfOther = Gates.looks(SERVICENOW, "CHG0040005");
        await().until(() -> Gates.looks(SERVICENOW, "CHG0040005") >= looksOfOther + 3);

        assertThat(ended.stream().map(each -> Gates.looks(SERVICENOW, each)).toList())
                .isEqualTo(looks);
        assertThat(Waits.get().size()).isEqualTo(1);
        goesOn.doStop();
        jenkins.waitForCompletion(goesOn);
        assertThat(Waits.get().size()).isZero();
    }

    @Test
    void decisionThatIsMadeDuringALookAcrossTheDeadlineIsNotThrownAway(JenkinsRule jenkins) throws Exception {
        connect(connector -> {});
        Gates.open(SERVICENOW, "CHG0040001");
        // what the first look shows is as old as its request, which a slow machine has ten seconds for
        SERVICENOW.faults().next(Fault.slow(Duration.ofSeconds(11)));
        WorkflowRun build = Pipelines.start(jenkins, "late", Gates.step("CHG0040001") + ", timeout: '10s'");

        await().until(() -> Gates.looks(SERVICENOW, "CHG0040001") > 0);
        Gates.approve(SERVICENOW, "CHG0040001");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    @Test
    void connectorMayBeChangedInAnyWayWhileSomebodyWaits(JenkinsRule jenkins) throws Exception {
        connect(connector -> {});
        WorkflowRun renamed = waiting(jenkins, "CHG0040001");
        WorkflowRun elsewhere = waiting(jenkins, "CHG0040002");
        WorkflowRun byDefault = waiting(jenkins, "CHG0040003");

        connect("Another name", SERVICENOW, connector -> {});
        Gates.approve(SERVICENOW, "CHG0040001");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(renamed));

        Gates.open(OTHER, "CHG0040002");
        Gates.open(OTHER, "CHG0040003");
        Gates.approve(OTHER, "CHG0040002");
        connect("Test instance", OTHER, connector -> {});
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(elsewhere));

        connect("Test instance", OTHER, connector -> connector.setApprovalDefaults(List.of(approvedByDescription())));
        jenkins.waitForMessage("The connector was changed; from now on:", byDefault);
        assertThat(byDefault.isBuilding()).isTrue();
        Gates.row(OTHER, "CHG0040003").set("short_description", "go");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(byDefault));
    }

    @Test
    void connectorOrCredentialThatIsAwayForAWhileHarmsNobodyAndIsNotCalled(JenkinsRule jenkins) throws Exception {
        connect(connector -> {});
        WorkflowRun build = waiting(jenkins, "CHG0040001");
        UseRules others = new UseRules();
        others.setUsableBy("others/**");
        connect(connector -> connector.setUse(others));
        jenkins.waitForMessage(NOT_HERE, build);
        SERVICENOW.settle();
        long looks = Gates.looks(SERVICENOW, "CHG0040001");
        await().during(Duration.ofSeconds(3)).until(() -> Gates.looks(SERVICENOW, "CHG0040001") == looks);
        connect(connector -> {});
        awaitWorking(build, 1);

        ServiceNowConnectors.get().setConnectors(List.of());
        awaitFailing(build, 2);
        connect(connector -> {});
        awaitWorking(build, 2);

        SystemCredentialsProvider.getInstance().getCredentials().clear();
        awaitFailing(build, 3);
        Connecting.credentials(Simulator.PASSWORD);
        awaitWorking(build, 3);

        Gates.approve(SERVICENOW, "CHG0040001");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(Waits.get().size()).isZero();
    }

    @Test
    void agentsMayGoAndComeAndBeReplaced(JenkinsRule jenkins) throws Exception {
        connect(connector -> connector.setAgentLabel("outpost"));
        agentThatComesDuringALookIsNotMissed();
        logsGoOnBetweenLooks();
        Gates.open(SERVICENOW, "CHG0040001");
        Gates.open(SERVICENOW, "CHG0040002");
        WorkflowRun patient = Pipelines.start(
                jenkins, "patient", "serviceNowApproval ticketNumber: 'CHG0040002', retryInterval: '1h'");
        jenkins.waitForMessage("Waiting for an agent: No node has the label 'outpost'.", patient);
        WorkflowRun build = Pipelines.start(jenkins, "build", Gates.step("CHG0040001"));
        awaitNoAgent(build, 1);
        Gates.approve(SERVICENOW, "CHG0040002");

        agent(jenkins, "first");
        // no hour later, but when there is somebody to look
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(patient));

        jenkins.waitForMessage("  waiting: ", build);
        agents.stop(jenkins, "first");
        jenkins.jenkins.removeNode(jenkins.jenkins.getNode("first"));
        // by then the look is over that lost its agent
        awaitNoAgent(build, 2);
        long looks = Gates.looks(SERVICENOW, "CHG0040001");
        await().during(Duration.ofSeconds(2)).until(() -> Gates.looks(SERVICENOW, "CHG0040001") == looks);
        agent(jenkins, "second");
        awaitWorking(build, 2);
        Gates.approve(SERVICENOW, "CHG0040001");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    private static void agentThatComesDuringALookIsNotMissed() throws Exception {
        AbsentBuild late =
                new AbsentBuild("CHG0040003", Instant::now, () -> Waits.get().agentCame());
        Waits.get().add(late);
        await().until(() -> late.looks.get() > 1);
        Waits.get().remove(late);
    }

    private static void logsGoOnBetweenLooks() throws Exception {
        SteppedClock clock = new SteppedClock();
        AbsentBuild quiet = new AbsentBuild("CHG0040003", clock, () -> {});
        Waits.get().add(quiet);
        await().until(() -> !quiet.log.isEmpty());
        clock.forward(Duration.ofHours(1));
        ExtensionList.lookupSingleton(Reminders.class).doRun();
        await().untilAsserted(() -> assertThat(quiet.log)
                .last()
                .asString()
                .startsWith("Still waiting for CHG0040003: No node has the label"));
        Waits.get().remove(quiet);
    }

    @Test
    void passwordAndInstanceAndTicketMayFailForAWhile(JenkinsRule jenkins) throws Exception {
        connect(connector -> {});
        WorkflowRun build = waiting(jenkins, "CHG0040001");

        Connecting.credentials("wrong");
        jenkins.waitForMessage("does not accept the account", build);
        Connecting.credentials(Simulator.PASSWORD);
        jenkins.waitForMessage("ServiceNow answers again.", build);

        SERVICENOW.faults().always(Fault.HIBERNATING);
        jenkins.waitForMessage(" hibernates", build);
        SERVICENOW.faults().none();
        awaitWorking(build, 2);

        Row row = Gates.row(SERVICENOW, "CHG0040001");
        SERVICENOW.tables().remove(row);
        awaitFailing(build, 3);
        SERVICENOW.tables().add(row, "system");
        awaitWorking(build, 3);

        Gates.reject(SERVICENOW, "CHG0040001");
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("rejected: CHG0040001", build);
    }

    private static void awaitNoAgent(WorkflowRun build, long times) {
        await().until(() -> lines(build, "Waiting for an agent: No node has the label 'outpost'.") >= times);
    }

    private static void awaitFailing(WorkflowRun build, long times) {
        await().until(() -> lines(build, "Cannot look now, trying on: ") >= times);
    }

    private static void awaitWorking(WorkflowRun build, long times) {
        await().until(() -> lines(build, "ServiceNow answers again.") >= times);
    }

    private static long lines(WorkflowRun build, String text) throws Exception {
        return Stream.of(JenkinsRule.getLog(build).split("\n"))
                .filter(line -> line.contains(text))
                .count();
    }

    private void agent(JenkinsRule jenkins, String name) throws Exception {
        agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .label("outpost")
                        .build());
    }

    private static WorkflowRun waiting(JenkinsRule jenkins, String number) throws Exception {
        Gates.open(SERVICENOW, number);
        WorkflowRun build = Pipelines.start(jenkins, number, Gates.step(number));
        jenkins.waitForMessage("  waiting: ", build);
        return build;
    }

    /** The one connector, as it is when it is set up, but for a change. */
    private static void connect(Consumer<Connector> change) throws Exception {
        connect("Test instance", SERVICENOW, change);
    }

    private static void connect(String name, Simulator instance, Consumer<Connector> change) throws Exception {
        if (ServiceNowConnectors.get().getConnectors().isEmpty()) {
            Connecting.credentials(Simulator.PASSWORD);
        }
        Connector connector = new Connector(name, instance.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        connector.setId("test");
        connector.setSkipValidation(true);
        Gates.impatient(connector);
        change.accept(connector);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
    }

    private static ApprovalDefaults approvedByDescription() {
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setExpression("ticket.short_description.value == \"go\"");
        ApprovalDefaults defaults = new ApprovalDefaults("change_request");
        defaults.setApprovalCriteria(criteria);
        return defaults;
    }
}
