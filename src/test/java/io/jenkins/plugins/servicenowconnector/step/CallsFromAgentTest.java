package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.Node;
import hudson.model.Slave;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Held;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.ProcessId;
import io.jenkins.plugins.servicenowconnector.testing.Sockets;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where calls are made, asserted by the operating system's tables of connections, not by a log. */
@WithJenkins
class CallsFromAgentTest {

    /** A port of its own for each test, so that no older connection is mistaken for one of this test. */
    private Simulator servicenow;

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @BeforeEach
    void start() {
        servicenow = Simulator.start();
    }

    @AfterEach
    void stop() {
        servicenow.close();
    }

    @Test
    void pipelineCreatesAndWaitsFromAnAgentChosenByLabel(JenkinsRule jenkins) throws Exception {
        Slave agent = agent(jenkins, "outpost");
        Connecting.to(servicenow, "servicenow");

        WorkflowRun build = Pipelines.start(
                jenkins,
                "deploy",
                Pipelines.submittedChange(servicenow)
                        + "def ok = serviceNowApproval connector: 'test', ticketNumber: chg.number, retryInterval: '10s'\n"
                        + "echo \"approved ${ok.number} as ${ok.fields.approval.value}\"");
        jenkins.waitForMessage("  waiting: ", build);

        assertThat(callsFrom(agent)).isTrue();
        assertThat(Sockets.areOpen(ProcessHandle.current().pid(), port()))
                .as("the controller has no connection")
                .isFalse();
        assertThat(agent.toComputer().countBusy()).as("executors held").isZero();

        String number = Pipelines.number(build);
        assertThat(servicenow.desk().task(number).get("short_description")).isEqualTo("Zürich – 変更");
        servicenow.settle();
        servicenow.desk().approveAll(number);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("approved " + number + " as approved", build);
    }

    @Test
    void agentThatDiesDuringAWriteIsFollowedByALookThatFindsTheTicket(JenkinsRule jenkins) throws Exception {
        agent(jenkins, "outpost");
        agent(jenkins, "other");
        Connecting.to(servicenow, "servicenow");
        Held held = new Held();
        servicenow.faults().next(Fault.held(held));

        WorkflowRun build =
                Pipelines.start(jenkins, "deploy", "serviceNowCreate ticketType: 'incident', shortDescription: 'x'");
        try {
            await().until(() -> held.arrived() == 1);
            agents.stop(jenkins, callsFrom(jenkins.jenkins.getNode("outpost")) ? "outpost" : "other");
        } finally {
            held.release();
        }

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        jenkins.assertLogContains("was lost during the call", build);
        jenkins.assertLogContains("which was created although its answer was lost", build);
        assertThat(servicenow.tables().rows("incident")).hasSize(1);
    }

    @Test
    void agentThatStandsStillIsReplacedWithoutADoubtAndSendsNothingWhenItWakes(JenkinsRule jenkins) throws Exception {
        Slave outpost = agent(jenkins, "outpost");
        Connector connector = Connecting.to(servicenow, "servicenow");
        String create = "serviceNowCreate ticketType: 'incident', shortDescription: 'x'";
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Pipelines.start(jenkins, "first", create)));
        assertThat(callsFrom(outpost)).isTrue();
        long stopped = outpost.getChannel().call(new ProcessId());
        agent(jenkins, "other");
        CallLimits limits = new CallLimits();
        limits.setConnectTimeout("1s");
        limits.setResponseTimeout("5s");
        connector.setLimits(limits);

        WorkflowRun build;
        signal("STOP", stopped);
        try {
            build = Pipelines.start(jenkins, "deploy", create);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        } finally {
            signal("CONT", stopped);
        }

        jenkins.assertLogNotContains("was lost during the call", build);
        assertThat(callsFrom(jenkins.jenkins.getNode("other"))).isTrue();
        // what it was sent before, it has taken up by then
        assertThat(outpost.getChannel().call(new ProcessId())).isEqualTo(stopped);
        await().during(Duration.ofSeconds(2))
                .until(() -> servicenow.tables().rows("incident").size() == 2);
    }

    @Test
    void agentThatDiesDuringALookIsReplacedAtOnce(JenkinsRule jenkins) throws Exception {
        agent(jenkins, "outpost");
        agent(jenkins, "other");
        Connecting.to(servicenow, "servicenow");
        WorkflowRun build = Pipelines.start(
                jenkins,
                "deploy",
                Pipelines.submittedChange(servicenow)
                        + "serviceNowApproval ticketNumber: chg.number, retryInterval: '10s'");
        jenkins.waitForMessage("  waiting: ", build);
        Held held = new Held();
        servicenow.faults().next(Fault.held(held));
        try {
            await().until(() -> held.arrived() == 1);
            // what that look is to be told is older
            String number = Pipelines.number(build);
            servicenow.settle();
            servicenow.desk().approveAll(number);

            agents.stop(jenkins, callsFrom(jenkins.jenkins.getNode("outpost")) ? "outpost" : "other");

            // before a call of an agent that lives would be given up
            await().atMost(Duration.ofSeconds(80)).until(() -> !build.isBuilding());
        } finally {
            held.release();
        }
        jenkins.assertBuildStatusSuccess(build);
    }

    @Test
    void insideANodeBlockTheCallIsMadeFromThatNode(JenkinsRule jenkins) throws Exception {
        Slave first = agent(jenkins, "outpost", "servicenow");
        Slave second = agent(jenkins, "other", "servicenow other");
        Slave without = agent(jenkins, "without", "elsewhere");
        Connecting.to(servicenow, "servicenow");
        String create = "serviceNowCreate ticketType: 'incident', shortDescription: 'x'";

        Pipelines.start(jenkins, "first", "node('outpost') { " + create + " }");
        await().until(() -> servicenow.tables().rows("incident").size() == 1);
        assertThat(callsFrom(first)).isTrue();
        assertThat(callsFrom(second)).isFalse();

        Pipelines.start(jenkins, "second", "node('other') { " + create + " }");
        await().until(() -> servicenow.tables().rows("incident").size() == 2);
        assertThat(callsFrom(second)).isTrue();

        Pipelines.start(jenkins, "third", "node('without') { " + create + " }");
        await().until(() -> servicenow.tables().rows("incident").size() == 3);
        assertThat(callsFrom(without)).as("a node without the label").isFalse();
    }

    private Slave agent(JenkinsRule jenkins, String name) throws Exception {
        return agent(jenkins, name, "servicenow");
    }

    private Slave agent(JenkinsRule jenkins, String name, String labels) throws Exception {
        return agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .label(labels)
                        .build());
    }

    private static void signal(String name, long process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private boolean callsFrom(Node node) throws Exception {
        return Sockets.areOpen(node.getChannel().call(new ProcessId()), port());
    }

    private int port() {
        return servicenow.url().getPort();
    }
}
