package io.jenkins.plugins.servicenowconnector.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.EnvVars;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterValue;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds with a ticket as their parameter start only if it may be named, however they are started. */
@WithJenkins
class TicketParameterTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String GOOD = SampleInstance.CHANGE;

    private JenkinsRule jenkins;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
        SERVICENOW.tables().seed("change_request", Map.of("number", "CHG0040001", "state", "3", "active", "false"));
        SERVICENOW.tables().seed("change_request", Map.of("number", "CHG0040002", "short_description", "other"));
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void onlyAnOpenTicketThatMatchesStartsABuildAndTheOthersStandOnTheJobsPage() throws Exception {
        FreeStyleProject job = freestyle("checked", parameter("short_description = Payments 4.2"));

        schedule(job, new TicketParameterValue("TICKET", "chg0030001"));

        FreeStyleBuild build = await().atMost(LONG).until(job::getLastBuild, started -> started != null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        EnvVars environment = build.getEnvironment(TaskListener.NULL);
        String sysId = SERVICENOW
                .tables()
                .first("change_request", "number", GOOD)
                .orElseThrow()
                .sysId();
        assertThat(environment).containsEntry("TICKET", GOOD).containsEntry("TICKET_SYS_ID", sysId);
        assertThat(environment.get("TICKET_URL"))
                .startsWith(SERVICENOW.url().toString())
                .endsWith(sysId);

        refused(job, "CHG0040001", "CHG0040001 is closed (state Closed); name an open one.");
        refused(job, "CHG0040002", "it must have short_description = Payments 4.2.");
        refused(job, "INC0010001", "There is no ticket INC0010001 in change_request that the account may see");
        refused(job, "CHG1^ORactive=true", "TICKET is 'CHG1^ORactive=true', which is not a record's number");
        refused(job, "", "TICKET names no ticket; this job needs the number of one.");
        schedule(job, new StringParameterValue("TICKET", GOOD));
        refused(job, "is given as StringParameterValue, not as a ticket.");
        job.scheduleBuild2(0);
        refused(job, "TICKET names no ticket");
        assertThat(RefusedItems.of(job).getItems()).hasSize(7);

        String page = jenkins.createWebClient().getPage(job).asNormalizedText();
        assertThat(page).contains("Builds that were not started", "CHG0040001 is closed (state Closed)");
        assertThat(job.getBuilds()).hasSize(1);
        for (int i = 0; i < 30; i++) {
            RefusedItems.of(job).add(new RefusedItem(i, "CHG" + i, "", "<b>", ""));
        }
        assertThat(RefusedItems.of(job).getItems())
                .hasSize(20)
                .first()
                .satisfies(item -> assertThat(item.getTicket()).isEqualTo("CHG29"));
        assertThat(jenkins.createWebClient().getPage(job).asNormalizedText()).contains("CHG29 <b>");
    }

    @Test
    void declarativePipelineNamesItsTicketAndSeesIt() throws Exception {
        WorkflowJob job = Pipelines.job(
                jenkins,
                "declared",
                "pipeline {\n  agent none\n  parameters {\n"
                        + "    serviceNowTicket(name: 'TICKET', connector: 'prod', ticketType: 'change_request',\n"
                        + "        filter: 'state=-2', mustMatch: 'approval = approved', optional: true,\n"
                        + "        description: 'The change that this deployment belongs to')\n"
                        + "  }\n  stages { stage('Show') { steps {\n"
                        + "    echo \"'${params.TICKET}' ${env.TICKET_SYS_ID} ${env.TICKET_URL}\"\n  } } }\n}");
        jenkins.buildAndAssertSuccess(job);
        TicketParameterDefinition declared = TicketParameterDefinition.of(job, "TICKET");
        assertThat(declared.getMustMatch()).isEqualTo("approval = approved");
        assertThat(declared.getDescription()).startsWith("The change");

        WorkflowRun build = jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(declared.createValue(GOOD))));

        jenkins.assertLogContains("'" + GOOD + "' ", build);
        jenkins.assertLogContains("/nav_to.do?uri=change_request.do", build);
        assertThat(jenkins.createWebClient().getPage(build, "parameters").getAnchorByText(GOOD))
                .isNotNull();
        // without a ticket, since it is optional
        WorkflowRun without = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
        jenkins.assertLogContains("'' ", without);
        refused(job, "CHG0040002", "it must have approval = approved.");

        // as the step build does it, on Pipeline's thread
        Object value = new DescribableModel<>(TicketParameterValue.class)
                .instantiate(Map.of("name", "TICKET", "value", GOOD), TaskListener.NULL);
        assertThat(value).isEqualTo(new TicketParameterValue("TICKET", GOOD.toLowerCase()));
        long before = SERVICENOW.requestCount();
        assertThat(declared.isValid((ParameterValue) value)).isTrue();
        assertThat(declared.isValid(new TicketParameterValue("TICKET", "a b"))).isFalse();
        assertThat(declared.isValid(new StringParameterValue("TICKET", GOOD))).isFalse();
        assertThatThrownBy(() -> declared.createValue("a=b")).hasMessageContaining("TICKET is 'a=b'");
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);
    }

    @Test
    void buildsWaitWithAReasonWhileTheInstanceIsAwayAndNobodyIsForgotten() throws Exception {
        FreeStyleProject job = freestyle("away", parameter(null));
        job.setConcurrentBuild(true);
        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.MAINTENANCE);

        Queue.Item first = schedule(job, new TicketParameterValue("TICKET", GOOD));
        Queue.Item same = schedule(job, new TicketParameterValue("TICKET", GOOD.toLowerCase()));
        Queue.Item other = schedule(job, new TicketParameterValue("TICKET", "CHG0040002"));
        Queue.Item doomed = schedule(job, new TicketParameterValue("TICKET", "CHG0040001"));

        assertThat(same.getId()).isEqualTo(first.getId());
        assertThat(other.getId()).isNotEqualTo(first.getId());
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(why(first))
                        .startsWith(
                                "Waiting for ServiceNow to check " + GOOD + ", it is asked again every 10 seconds: "));
        Queue.getInstance().cancel(queued(other));
        // the queue as it comes back after a restart is checked anew
        Queue.getInstance().save();
        Queue.getInstance().clear();
        Queue.getInstance().load();
        Queue.getInstance().maintain();
        assertThat(Queue.getInstance().getItems(job)).hasSize(2);
        assertThat(job.getBuilds()).isEmpty();

        SERVICENOW.faults().none();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(Queue.getInstance().getItems(job)).isEmpty();
            assertThat(RefusedItems.of(job).getItems()).hasSize(1);
        });
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuilds()).hasSize(1);
        assertThat(doomed).isNotNull();

        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.MAINTENANCE);
        schedule(job, new TicketParameterValue("TICKET", GOOD));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(
                                Queue.getInstance().getItems(job).get(0).getWhy())
                        .contains("it is asked again"));
        ServiceNowConnectors.get().setConnectors(List.of());
        refused(job, "connector 'prod' does not exist, or may not be used here");
    }

    private static TicketParameterDefinition parameter(String mustMatch) {
        TicketParameterDefinition parameter = new TicketParameterDefinition("TICKET");
        parameter.setConnector("prod");
        parameter.setMustMatch(mustMatch);
        return parameter;
    }

    private FreeStyleProject freestyle(String name, TicketParameterDefinition parameter) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addProperty(new ParametersDefinitionProperty(parameter));
        return job;
    }

    private static Queue.Item schedule(Job<?, ?> job, ParameterValue value) {
        return Queue.getInstance()
                .schedule2(
                        (Queue.Task) job,
                        0,
                        new ParametersAction(value),
                        new CauseAction(new Cause.RemoteCause("here", "a test")))
                .getItem();
    }

    private static Queue.Item queued(Queue.Item item) {
        return Queue.getInstance().getItem(item.getId());
    }

    private static String why(Queue.Item item) {
        Queue.Item now = queued(item);
        return now == null ? "gone" : now.getWhy();
    }

    private static void refused(Job<?, ?> job, String ticket, String sentence) {
        schedule(job, new TicketParameterValue("TICKET", ticket));
        refused(job, sentence);
        assertThat(RefusedItems.of(job).getItems().get(0).getCauses()).contains("a test");
        assertThat(RefusedItems.of(job).getItems().get(0).getTicket()).isEqualTo(ticket);
    }

    private static void refused(Job<?, ?> job, String sentence) {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(Queue.getInstance().getItems((Queue.Task) job)).isEmpty();
            assertThat(RefusedItems.of(job).getItems()).isNotEmpty();
            assertThat(RefusedItems.of(job).getItems().get(0).getReason()).contains(sentence);
        });
    }
}
