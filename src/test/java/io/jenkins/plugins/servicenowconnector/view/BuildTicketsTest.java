package io.jenkins.plugins.servicenowconnector.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.model.Label;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.wait.Waits;
import java.time.Duration;
import java.util.Map;
import net.sf.json.JSONObject;
import org.awaitility.Awaitility;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That a build shows its tickets. */
@WithJenkins
class BuildTicketsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        Connecting.to(SERVICENOW, null);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void buildPageAndApiShowWhatTheBuildDidWithWhichTicketAlsoAfterItIsLoadedAgain() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertSuccess(Pipelines.job(
                jenkins,
                "deploy",
                "def one = serviceNowCreate ticketType: 'incident', shortDescription: '<b onclick=alert(1)>one</b>'\n"
                        + "serviceNowUpdate ticketType: 'incident', ticketNumber: one.number, fields: [urgency: 3]\n"
                        + "def two = serviceNowCreate ticketType: 'problem', shortDescription: 'two'\n"
                        + "serviceNowApproval ticketType: 'incident', ticketNumber: one.number,\n"
                        + "    approvalCriteria: [conditions: [[field: 'active', value: 'true']]]"));
        build.reload();

        assertThat(BuildTickets.of(build).getTickets())
                .extracting(BuildTicket::getTable, BuildTicket::getRole)
                .containsExactlyInAnyOrder(
                        tuple("incident", BuildTicket.Role.GATE), tuple("problem", BuildTicket.Role.CREATED));
        String number = BuildTickets.of(build).getTickets().stream()
                .filter(ticket -> ticket.getTable().equals("incident"))
                .findFirst()
                .orElseThrow()
                .getNumber();
        HtmlPage page = jenkins.createWebClient().getPage(build);
        assertThat(page.asNormalizedText())
                .contains("ServiceNow tickets", number, "<b onclick=alert(1)>one</b>", "Approved", "Created");
        assertThat(page.getAnchorByText(number).getHrefAttribute())
                .startsWith(SERVICENOW.url() + "/nav_to.do?uri=incident.do%3Fsys_id%3D");
        JSONObject api = jenkins.getJSON(build.getUrl() + "api/json?tree=actions[tickets[number,role,url]]")
                .getJSONObject();
        assertThat(api.toString()).contains("\"number\":\"" + number + "\"", "\"role\":\"GATE\"");
    }

    @Test
    void buildShowsEachOfItsWaitsAndThenHowTheyEnded() throws Exception {
        seed("CHG0030001");
        seed("CHG0030002");
        WorkflowRun build = Pipelines.start(
                jenkins,
                "deploy",
                // no look comes between but those that the test asks for
                "parallel one: { serviceNowApproval ticketNumber: 'CHG0030001', retryInterval: '300d' },\n"
                        + "    two: { serviceNowApproval ticketNumber: 'CHG0030002', retryInterval: '300d',"
                        + " returnOutcome: true }");
        BuildTickets tickets = BuildTickets.of(build);
        Awaitility.await().until(() -> tickets.getWaits().size() == 2);
        Awaitility.await()
                .until(() -> tickets.getWaits().stream()
                        .noneMatch(wait -> wait.getState().isEmpty()));

        HtmlPage page = jenkins.createWebClient().getPage(build);
        assertThat(page.querySelectorAll(".servicenow-card")).hasSize(2);
        assertThat(page.asNormalizedText())
                .contains("CHG0030001", "CHG0030002", "Waiting for approval", "Title of CHG0030001", "Assess")
                .contains("Check now", "found requested");
        assertThat(badges()).contains("ServiceNow: waiting for approval of CHG0030001, CHG0030002");
        assertThat(fragment(build)).contains("data-again=\"5\"", "Waiting for approval");
        assertThat(jenkins.getJSON(build.getUrl() + "servicenow-tickets/api/json")
                        .getJSONObject()
                        .getJSONArray("waits")
                        .size())
                .isEqualTo(2);
        long calls = SERVICENOW.requestCount();
        badges();
        fragment(build);
        assertThat(SERVICENOW.requestCount()).as("showing costs no call").isEqualTo(calls);

        decide("CHG0030001", "-2", "approved");
        decide("CHG0030002", "4", "rejected");
        Waits.get().all().forEach(waiter -> Waits.get().hurry(waiter.approval()));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        build.reload();

        assertThat(BuildTickets.of(build).getTickets())
                .extracting(
                        BuildTicket::getNumber, ticket -> ticket.getDecision().getOutcome())
                .containsExactlyInAnyOrder(tuple("CHG0030001", "approved"), tuple("CHG0030002", "rejected"));
        assertThat(fragment(build))
                .contains("data-again=\"0\"", "Approved", "Rejected")
                .doesNotContain("Waiting for approval", "Check now");
        assertThat(badges()).contains("CHG0030001 approved", "CHG0030002 rejected");
    }

    @Test
    void waitThatWasStoppedHasEndedAndWasNotDecided() throws Exception {
        seed("CHG0030003");
        WorkflowRun build = Pipelines.start(jenkins, "deploy", "serviceNowApproval ticketNumber: 'CHG0030003'");
        Awaitility.await()
                .until(() -> BuildTickets.of(build).getWaits().stream()
                        .anyMatch(wait -> !wait.getState().isEmpty()));

        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));

        Awaitility.await()
                .untilAsserted(() -> assertThat(fragment(build))
                        .contains("Ended without a decision")
                        .containsPattern("<dt>\\s*Ended\\s*</dt>")
                        .doesNotContain("Decided"));
    }

    @Test
    void whatABuildHasLeftOpenIsLookedForUntilAnAgentIsThere() throws Exception {
        SERVICENOW.faults().next(Match.method("POST"), Fault.HELD_COMMIT);
        WorkflowRun build = Pipelines.start(
                jenkins, "deploy", "serviceNowCreate ticketType: 'incident', shortDescription: 'in doubt'");
        jenkins.waitForMessage("Looking for the ticket in incident", build);
        Connecting.to(SERVICENOW, "late");

        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        // not before: a search of the build that is under way would find it
        SERVICENOW.commitLate();

        BuildTickets tickets = BuildTickets.of(build);
        Awaitility.await().until(() -> tickets.getOpen().get(0).getTrouble() != null);
        assertThat(fragment(build))
                .contains("data-again=\"20\"", "It is not known yet whether this ticket was created: incident.")
                .contains("it is tried again for half an hour. No node has the label", "late");
        assertThat(tickets.getOpen().get(0).getAnswer()).isNull();

        jenkins.createOnlineSlave(Label.get("late"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> tickets.getOpen().get(0).getAnswer() != null);
        assertThat(tickets.getOpen().get(0).getAnswer())
                .isEqualTo(
                        "The ticket was created: " + tickets.getTickets().get(0).getNumber() + ".");
        assertThat(SERVICENOW.tables().rows("incident")).hasSize(1);
    }

    @Test
    void noteOfAnEarlierReleaseIsShown() {
        BuildTicket old = (BuildTicket)
                Run.XSTREAM2.fromXML(
                        "<io.jenkins.plugins.servicenowconnector.view.BuildTicket><connector>global:test</connector>"
                                + "<table>incident</table><sysId>0123456789abcdef0123456789abcdef</sysId><number>INC1</number>"
                                + "<url>https://example.service-now.com/x</url><shortDescription>old</shortDescription>"
                                + "<state>New</state><role>GATE</role></io.jenkins.plugins.servicenowconnector.view.BuildTicket>");

        assertThat(old.getDecision()).isNull();
        assertThat(old.getSays()).isEmpty();
        assertThat(old.after(old).getShortDescription()).isEqualTo("old");
    }

    private static void seed(String number) {
        SERVICENOW
                .tables()
                .seed(
                        "change_request",
                        Map.of(
                                "number",
                                number,
                                "short_description",
                                "Title of " + number,
                                "state",
                                "-4",
                                "approval",
                                "requested"));
    }

    private static void decide(String number, String state, String approval) {
        SERVICENOW.tables().byNumber(number).orElseThrow().set("state", state).set("approval", approval);
    }

    private String fragment(WorkflowRun build) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo(build.getUrl() + "servicenow-tickets/cards")
                .getWebResponse()
                .getContentAsString();
    }

    private String badges() throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("job/deploy/buildHistory/ajax")
                .getWebResponse()
                .getContentAsString();
    }
}
