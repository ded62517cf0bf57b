package io.jenkins.plugins.servicenowconnector.freestyle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.TaskListener;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCondition;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.CallLimits;
import io.jenkins.plugins.servicenowconnector.engine.approval.Outcome;
import io.jenkins.plugins.servicenowconnector.engine.ticket.Ticket;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowGetStep;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import io.jenkins.plugins.servicenowconnector.wait.WaitEnd;
import io.jenkins.plugins.servicenowconnector.wait.Waiter;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A freestyle build that waits for an approval. */
@WithJenkins
class ApprovalBuilderTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Duration LONG = Duration.ofSeconds(60);

    private JenkinsRule jenkins;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        CallLimits limits = new CallLimits();
        limits.setSmallestRetryInterval("1s");
        SampleInstance.connect(SERVICENOW).setLimits(limits);
        SERVICENOW.tables().seed("incident", Map.of("number", "INC0099001", "state", "2", "short_description", "4.2"));
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void formKeepsTheStepAndSaysThatItHoldsItsExecutor() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new ApprovalBuilder(step("INC0099001")));

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(
                step("INC0099001"),
                job.getBuildersList().get(ApprovalBuilder.class).getStep());
        HtmlPage form = jenkins.createWebClient().getPage(job, "configure");
        assertThat(form.asNormalizedText()).contains("holds its executor", "approval before the build starts");
        assertThat(jenkins.createWebClient()
                        .goTo("descriptor/" + ApprovalBuilder.class.getName() + "/help", "text/html")
                        .getWebResponse()
                        .getContentAsString())
                .contains("holds its")
                .contains("approval before the build starts");
    }

    @Test
    void buildGoesOnWhenApprovedAndEndsAsAbortedElse() throws Exception {
        FreeStyleProject job = job("waits", step("${NUMBER}"));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("  waiting: ", build);
        assertThat(build.getExecutor()).isNotNull();
        approvalThatComesTooLateIsLookedAtAgain();
        assertThat(build.isBuilding()).isTrue();

        SERVICENOW.desk().change("INC0099001", Map.of("urgency", "1"));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        EnvVars environment = build.getEnvironment(TaskListener.NULL);
        assertThat(environment)
                .containsEntry("SERVICENOW_TICKET_NUMBER", "INC0099001")
                .containsEntry("SERVICENOW_APPROVAL", "approved");
        assertThat(BuildTickets.of(build).getTickets())
                .singleElement()
                .satisfies(ticket -> assertThat(ticket.getRole()).isEqualTo(BuildTicket.Role.GATE));

        SERVICENOW.desk().change("INC0099001", Map.of("urgency", "2"));
        FreeStyleBuild rejected = job.scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.ABORTED, rejected);
        jenkins.assertLogContains("rejected: INC0099001", rejected);
        jenkins.assertLogNotContains("\tat ", rejected);

        ServiceNowApprovalStep otherwise = step("INC0099001");
        otherwise.setBuildResult("NOT_BUILT");
        FreeStyleBuild notBuilt = job("otherwise", otherwise).scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.NOT_BUILT, notBuilt);

        ServiceNowApprovalStep asks = step("INC0099001");
        asks.setReturnOutcome(true);
        FreeStyleProject asking = job("asks", asks);
        ServiceNowGetStep other = new ServiceNowGetStep();
        other.setTicketNumber(SampleInstance.CHANGE);
        asking.getBuildersList().add(new TicketBuilder(other));
        FreeStyleBuild asked = jenkins.buildAndAssertSuccess(asking);
        assertThat(asked.getEnvironment(TaskListener.NULL))
                .as("the ticket is the last step's, the outcome stays")
                .containsEntry("SERVICENOW_TICKET_NUMBER", SampleInstance.CHANGE)
                .containsEntry("SERVICENOW_APPROVAL", "rejected");
        assertThat(Waits.get().size()).isZero();
    }

    private static void approvalThatComesTooLateIsLookedAtAgain() {
        Waiter waiter = Waits.get().all().get(0);
        Waits.get().remove(waiter);
        long aMinuteAgo = System.nanoTime() - Duration.ofMinutes(1).toNanos();
        Ticket seen = waiter.approval().sight().ticket();

        waiter.ended(new WaitEnd(Outcome.APPROVED, "x", seen, null, Instant.now(), List.of(), null, aMinuteAgo));

        await().atMost(LONG).until(() -> Waits.get().all().contains(waiter));
    }

    @Test
    void timeoutAbortAndBadInputEndTheWaitAndLeaveNoneBehind() throws Exception {
        ServiceNowApprovalStep brief = step("INC0099001");
        brief.setTimeout("1s");
        FreeStyleBuild expired = job("expires", brief).scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.ABORTED, expired);
        jenkins.assertLogContains("expired: ", expired);

        FreeStyleBuild stopped =
                job("stopped", step("INC0099001")).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("  waiting: ", stopped);
        stopped.getExecutor().interrupt();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(stopped));
        await().atMost(LONG).until(() -> Waits.get().size() == 0);
        Gates.awaitLooks();
        long after = SERVICENOW.requestCount();

        FreeStyleBuild wrong = job("wrong", step("a=b")).scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.FAILURE, wrong);
        jenkins.assertLogContains("ERROR: ticketNumber is 'a=b'", wrong);
        jenkins.assertLogNotContains("\tat ", wrong);
        assertThat(SERVICENOW.requestCount()).isEqualTo(after);
    }

    @Test
    void deciderIsNamedAndAChangeThatTheBuildCreatedIsNotLeftBehind() throws Exception {
        FreeStyleBuild approved =
                creating("approved", "1h", null).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("  waiting: ", approved);
        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(change("approved").number());
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(approved));
        String decider = "Beth Anglin (beth.anglin, beth.anglin@example.com) for Network: approved";
        jenkins.assertLogContains("Decided by " + decider, approved);
        assertThat(BuildTickets.of(approved).getTickets().get(0).getDecision().getApprovers())
                .contains(decider);

        FreeStyleBuild expired =
                creating("expired", "1s", null).scheduleBuild2(0).get();
        jenkins.assertBuildStatus(Result.ABORTED, expired);
        jenkins.assertLogContains("Canceled " + change("expired").number(), expired);
        assertThat(change("expired").get("state")).isEqualTo("4");
        assertThat(expired.getEnvironment(TaskListener.NULL))
                .containsEntry("SERVICENOW_APPROVAL", "expired")
                .containsEntry("SERVICENOW_TICKET_NUMBER", change("expired").number());

        jenkins.assertBuildStatus(
                Result.ABORTED,
                creating("left", "1s", "leave").scheduleBuild2(0).get());
        assertThat(change("left").get("state")).isEqualTo("-4");

        FreeStyleBuild stopped =
                creating("stopped", "1h", null).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("  waiting: ", stopped);
        stopped.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(stopped));
        await().atMost(LONG).until(() -> change("stopped").get("state").equals("4"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(change("stopped").journal().toString())
                        .contains("is not run: the build was stopped"));
    }

    /** A job that creates a change called like itself, requests its approval, and waits. */
    private FreeStyleProject creating(String name, String timeout, String onNotRun) throws Exception {
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setShortDescription(name);
        create.setNames(Map.of("assignment_group", "Network"));
        create.setRequestApproval(true);
        ServiceNowApprovalStep wait = new ServiceNowApprovalStep();
        wait.setTicketNumber("${SERVICENOW_TICKET_NUMBER}");
        wait.setRetryInterval("1s");
        wait.setTimeout(timeout);
        wait.setOnNotRun(onNotRun);
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.getBuildersList().addAll(List.of(new TicketBuilder(create), new ApprovalBuilder(wait)));
        return job;
    }

    private static Row change(String title) {
        return SERVICENOW
                .tables()
                .first("change_request", "short_description", title)
                .orElseThrow();
    }

    private FreeStyleProject job(String name, ServiceNowApprovalStep step) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("NUMBER", "INC0099001"), new StringParameterDefinition("URGENCY", "1")));
        job.getBuildersList().add(new ApprovalBuilder(step));
        job.getBuildersList().add(new MockBuilder(Result.SUCCESS));
        return job;
    }

    /** Approved with urgency 1, rejected with urgency 2. */
    private static ServiceNowApprovalStep step(String number) {
        ServiceNowApprovalStep step = new ServiceNowApprovalStep();
        step.setTicketType("incident");
        step.setTicketNumber(number);
        step.setApprovalCriteria(criteria(number.startsWith("$") ? "${URGENCY}" : "1"));
        step.setRejectionCriteria(criteria("2"));
        step.setRetryInterval("1s");
        return step;
    }

    private static ApprovalCriteria criteria(String urgency) {
        ApprovalCondition condition = new ApprovalCondition();
        condition.setField("urgency");
        condition.setOperator("=");
        condition.setValue(urgency);
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setMatch("all");
        criteria.setConditions(List.of(condition));
        return criteria;
    }
}
