package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUseListener;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.model.Fingerprint;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ConnectorUseTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        Connecting.credentials(Simulator.PASSWORD);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void whatAConnectorDoesNotAllowIsRefusedBeforeAnyCall() throws Exception {
        ServiceNowConnectors.get()
                .setConnectors(List.of(
                        connector("open", use -> {}),
                        connector("reader", use -> use.setOperations(List.of("read"))),
                        connector("incidents", use -> use.setTicketTypes("incident")),
                        connector("elsewhere", use -> use.setUsableBy("team-a/**"))));
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put(
                "serviceNowCreate connector: 'reader'",
                "connector 'reader' does not allow the operation create (asked for on change_request)");
        refused.put(
                "serviceNowCreate connector: 'incidents'",
                "ticketType is change_request, which the connector 'incidents' does not allow, only incident");
        refused.put("serviceNowApproval connector: 'incidents', ticketNumber: 'CHG1'", "ticketType is change_request");
        refused.put(
                "serviceNowCreate connector: 'elsewhere'",
                "connector 'elsewhere' does not exist, or may not be used here");
        refused.put("serviceNowCreate connector: 'gone'", "connector 'gone' does not exist, or may not be used here");
        refused.put("serviceNowCreate()", "connector must be given, there are several: open, reader, incidents.");
        refused.put(
                "serviceNowCreate connector: 'open', agentLabel: 'dmz'",
                "agentLabel is 'dmz', but the connector 'open' makes its calls from the Jenkins controller");
        StringBuilder script = new StringBuilder();
        refused.keySet()
                .forEach(step -> script.append("try { ")
                        .append(step)
                        .append("; echo 'NOT REFUSED' } catch (e) { echo \"refused: ${e.message}\" }\n"));

        WorkflowRun build = Pipelines.start(jenkins, "refused", script.toString());

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(build));
        String log = JenkinsRule.getLog(build);
        assertThat(log).doesNotContain("NOT REFUSED");
        assertThat(refused.values()).allSatisfy(sentence -> assertThat(log).contains("refused: " + sentence));
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void jobOfTheFolderMayUseItAndGetsTheDefaultFields() throws Exception {
        Connector connector = connector("teamA", use -> use.setUsableBy("team-a/**"));
        DefaultFields changes = new DefaultFields("change_request");
        changes.setFields(List.of(
                new DefaultField("category", "Network"),
                new DefaultField("short_description", "from the connector"),
                new DefaultField("justification", "from the connector")));
        connector.setDefaultFields(List.of(changes));
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        WorkflowJob job = jenkins.createFolder("team-a").createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "def chg = serviceNowCreate shortDescription: 'from the step', fields: [category: 'Other']\n"
                        + "echo \"number ${chg.number}, \"",
                true));

        WorkflowRun build = jenkins.buildAndAssertSuccess(job);

        String number = Pipelines.number(build);
        assertThat(SERVICENOW.tables().first("change_request", "number", number))
                .hasValueSatisfying(row -> {
                    assertThat(row.get("short_description")).isEqualTo("from the step");
                    assertThat(row.get("category")).isEqualTo("Other");
                    assertThat(row.get("justification")).isEqualTo("from the connector");
                });
    }

    @Test
    void waitCallsNobodyAnyMoreWhenItsJobMayNoLongerUseTheConnector() throws Exception {
        Connector connector = connector("test", use -> {});
        CallLimits limits = new CallLimits();
        limits.setSmallestRetryInterval("1s");
        connector.setLimits(limits);
        ServiceNowConnectors.get().setConnectors(List.of(connector));
        WorkflowRun build = Pipelines.start(
                jenkins,
                "waits",
                Pipelines.submittedChange(SERVICENOW)
                        + "serviceNowApproval ticketNumber: chg.number, retryInterval: '1s'");
        // after its first look: a wait that never saw its ticket is not given the time to have the connector put right
        jenkins.waitForMessage("  waiting: ", build);

        ServiceNowConnectors.get().setConnectors(List.of(connector("test", use -> use.setUsableBy("team-a/**"))));

        // for five minutes, in which it may be put right; the wait's own tests have a clock for that
        jenkins.waitForMessage("connector 'test' does not exist, or may not be used here", build);
        long requests = SERVICENOW.requestCount();
        Awaitility.await().during(Duration.ofSeconds(3)).until(() -> SERVICENOW.requestCount() == requests);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
    }

    @Test
    void eachBuildIsNotedOnceAtTheCredentialThatItUses() throws Exception {
        ServiceNowConnectors.get().setConnectors(List.of(connector("test", use -> {})));
        WorkflowJob job = Pipelines.job(
                jenkins,
                "reads",
                "for (int i = 0; i < 3; i++) { serviceNowGet ticketType: 'incident', query: 'active=true' }");

        jenkins.buildAndAssertSuccess(job);
        jenkins.buildAndAssertSuccess(job);

        assertThat(ExtensionList.lookupSingleton(Uses.class).runs).containsExactly("reads #1", "reads #2");
        Fingerprint record = CredentialsProvider.getFingerprintOf(CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class, jenkins.jenkins, ACL.SYSTEM2, List.of()),
                CredentialsMatchers.withId(Connecting.CREDENTIALS)));
        assertThat(record.getRangeSet(job)).hasToString("[1,3)");
    }

    /** Hears of each use of a credential that is tracked. */
    @TestExtension("eachBuildIsNotedOnceAtTheCredentialThatItUses")
    public static class Uses implements CredentialsUseListener {

        private final List<String> runs = new CopyOnWriteArrayList<>();

        @Override
        public void onUse(Credentials credentials, Run run) {
            runs.add(run.getFullDisplayName());
        }

        @Override
        public void onUse(Credentials credentials, Node node) {
            throw new AssertionError("no node uses it");
        }

        @Override
        public void onUse(Credentials credentials, Item item) {
            throw new AssertionError("no item uses it");
        }
    }

    private static Connector connector(String name, Consumer<UseRules> rules) {
        Connector connector = new Connector(name, SERVICENOW.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        connector.setId(name);
        connector.setSkipValidation(true);
        UseRules use = new UseRules();
        rules.accept(use);
        connector.setUse(use);
        return connector;
    }
}
