package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Slave;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.engine.http.HashingServer;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.HeapInUse;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * How much heap is held on the controller and on the agents while a file of 200 MB is attached: what is left after a
 * collection, asked again and again meanwhile, less what was held before.
 */
@Tag("long")
@WithJenkins
class AttachMemoryTest {

    private static final long MEGABYTE = 1024 * 1024;
    private static final double SCALE = Double.parseDouble(System.getProperty("long.scale", "0.1"));
    private static final long SIZE = Math.max(20 * MEGABYTE, (long) (200 * MEGABYTE * SCALE));
    private static final String SYS_ID = "0123456789abcdef0123456789abcdef";

    private final HashingServer server = HashingServer.start();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void largeFileIsAttachedWithLessThanSixteenMegabytesMoreHeap(JenkinsRule jenkins) throws Exception {
        prepareServer();
        Slave workspace = agent(jenkins, "workspace", "build");
        Slave caller = agent(jenkins, "caller", "dmz");
        FilePath folder = jenkins.jenkins.getRootPath();
        for (String label : List.of("build", "dmz")) {
            connect(label);
            // classes are loaded, connections made
            attach(jenkins, label + "-first", "small.log", 100);
            HeapInUse controller = HeapInUse.watch(folder.getChannel());
            HeapInUse first = HeapInUse.watch(workspace.getChannel());
            HeapInUse second = HeapInUse.watch(caller.getChannel());

            attach(jenkins, label, "large.log", SIZE);

            String way = label.equals("build") ? "sent by the node that has it" : "sent by another node";
            System.out.printf(
                    "%,d bytes %s: controller %s, workspace's agent %s, other agent %s%n",
                    SIZE, way, controller.stop(), first.stop(), second.stop());
            assertThat(List.of(controller, first, second)).allSatisfy(heap -> {
                assertThat(heap.samples()).as("looks meanwhile").isPositive();
                assertThat(heap.more()).isLessThan(16 * MEGABYTE);
            });
        }
        assertThat(server.received()).extracting(HashingServer.Received::size).containsExactly(100L, SIZE, 100L, SIZE);
    }

    private void attach(JenkinsRule jenkins, String name, String file, long size) throws Exception {
        WorkflowRun build = Pipelines.start(
                jenkins,
                name,
                "node('build') {\n sh 'truncate -s " + size + " " + file + "'\n"
                        + "serviceNowAttach ticketType: 'incident', ticketNumber: 'INC0010001', files: '" + file
                        + "'\n}");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    private void prepareServer() {
        server.answer("GET", "/api/now/attachment", "{\"result\":[]}")
                .answer("GET", "/api/now/table/sys_properties", "{\"result\":[]}")
                .answer(
                        "GET",
                        "/api/now/table/incident",
                        "{\"result\":[{\"sys_id\":\"" + SYS_ID + "\",\"number\":\"INC0010001\"}]}")
                .answer("POST", "/api/now/attachment/file", "{\"result\":{\"sys_id\":\"" + SYS_ID + "\"}}");
    }

    private void connect(String label) throws Exception {
        Connecting.credentials(Simulator.PASSWORD);
        Connector connector = SampleInstance.connector(server.url());
        connector.setAgentLabel(label);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
    }

    private Slave agent(JenkinsRule jenkins, String name, String label) throws Exception {
        return agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .label(label)
                        .javaOptions("-Xmx96m")
                        .build());
    }
}
