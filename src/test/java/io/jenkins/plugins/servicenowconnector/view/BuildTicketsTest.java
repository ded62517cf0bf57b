package io.jenkins.plugins.servicenowconnector.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import net.sf.json.JSONObject;
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
                .contains("ServiceNow tickets", number, "<b onclick=alert(1)>one</b>", "waited for", "created");
        assertThat(page.getAnchorByText(number).getHrefAttribute())
                .startsWith(SERVICENOW.url() + "/nav_to.do?uri=incident.do%3Fsys_id%3D");
        JSONObject api = jenkins.getJSON(build.getUrl() + "api/json?tree=actions[tickets[number,role,url]]")
                .getJSONObject();
        assertThat(api.toString()).contains("\"number\":\"" + number + "\"", "\"role\":\"GATE\"");
    }
}
