package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Slave;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Held;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.ProcessId;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import io.jenkins.plugins.servicenowconnector.testing.Sockets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files of a workspace, sent by the node that has them, or by another one. */
@WithJenkins
class AttachStepTest {

    private static final String CONTENT = "Zürich – 変更\\n";

    /** Names as files have them, with what HTTP and queries trip over. */
    private static final List<String> NAMES = List.of("a b.log", "quote ' and \".log", "Übergröße – 変更.log");

    private Simulator servicenow;

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @BeforeEach
    void start() {
        servicenow = Simulator.start();
        SampleInstance.prepare(servicenow);
    }

    @AfterEach
    void stop() {
        servicenow.close();
    }

    @Test
    void filesAreSentByTheNodeThatHasThemOrThroughAnother(JenkinsRule jenkins) throws Exception {
        Slave workspace = agent(jenkins, "workspace", "build");
        Slave caller = agent(jenkins, "caller", "dmz");
        for (Slave sends : List.of(workspace, caller)) {
            SampleInstance.prepare(servicenow);
            connect(sends == workspace ? "build" : "dmz");
            WorkflowJob job = Pipelines.job(jenkins, "from-" + sends.getNodeName(), script());

            jenkins.assertLogContains(
                    "Attachments of CHG0030001 " + servicenow.url() + "/", jenkins.buildAndAssertSuccess(job));

            assertThat(servicenow.files())
                    .as("sent by " + sends.getNodeName())
                    .extracting(StoredFile::fileName, StoredFile::sha256)
                    .containsExactlyInAnyOrderElementsOf(
                            NAMES.stream().map(name -> tuple(name, sha256())).toList());
            assertThat(isConnected(sends)).isTrue();

            jenkins.buildAndAssertSuccess(job);
            assertThat(servicenow.files()).as("the second run").hasSameSizeAs(NAMES);
        }
        assertThat(Sockets.areOpen(
                        ProcessHandle.current().pid(), servicenow.url().getPort()))
                .as("the controller has no connection")
                .isFalse();
    }

    @Test
    void filesThatGrowOrVanishMeanwhileFailAndTheOthersAreAttached(JenkinsRule jenkins) throws Exception {
        connect(null);
        Held held = new Held();
        servicenow.faults().next(Fault.held(held));

        WorkflowRun build = Pipelines.start(jenkins, "growing", """
                node {
                    writeFile file: 'a.log', text: 'a'
                    writeFile file: 'b.log', text: 'b'
                    writeFile file: 'c.log', text: 'c'
                    serviceNowAttach ticketNumber: 'CHG0030001', files: '*.log'
                }
                """);
        // the files are found before the first request, and sent after it
        await().until(() -> held.arrived() == 1);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(build.getParent());
        workspace.child("a.log").write("grown meanwhile", "UTF-8");
        workspace.child("c.log").delete();
        held.release();

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("The file 'a.log' has grown beyond its 1 bytes", build);
        jenkins.assertLogContains("'c.log' is not there any more", build);
        assertThat(servicenow.files()).extracting(StoredFile::fileName).containsExactly("b.log");
    }

    @Test
    void withoutAFileOrANodeItSaysSo(JenkinsRule jenkins) throws Exception {
        connect(null);

        WorkflowRun build = Pipelines.start(jenkins, "nothing", """
                node {
                    try { serviceNowAttach ticketNumber: 'CHG0030001', files: '*.nothing' } catch (e) { echo "none: ${e.message}" }
                }
                serviceNowAttach ticketNumber: 'CHG0030001', files: '*.log'
                """);

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("none: files matches no file", build);
        jenkins.assertLogContains("with a step that provides this, such as: node", build);
        assertThat(servicenow.requests()).extracting(Exchange::method).doesNotContain("POST");
    }

    private static String script() {
        StringBuilder script = new StringBuilder("node('build') {\n");
        NAMES.forEach(name -> script.append("writeFile encoding: 'UTF-8', text: '")
                .append(CONTENT)
                .append("', file: '''")
                .append(name)
                .append("'''\n"));
        return script.append("serviceNowAttach ticketNumber: 'CHG0030001', files: '*.log'\n}")
                .toString();
    }

    private static String sha256() {
        try {
            byte[] content = CONTENT.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void connect(String label) throws Exception {
        Connector connector = SampleInstance.connect(servicenow);
        connector.setAgentLabel(label);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
    }

    private boolean isConnected(Slave agent) throws Exception {
        return Sockets.areOpen(
                agent.getChannel().call(new ProcessId()), servicenow.url().getPort());
    }

    private Slave agent(JenkinsRule jenkins, String name, String label) throws Exception {
        // a file's name is written in the encoding of the node's platform
        return agents.createAgent(
                jenkins,
                InboundAgentExtension.Options.newBuilder()
                        .name(name)
                        .label(label)
                        .javaOptions("-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8")
                        .build());
    }
}
