package io.jenkins.plugins.servicenowconnector.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextInput;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of the ticket parameter: of the job that has it, and of the build that gets it. */
@WithJenkins
class TicketParameterFormTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Duration LONG = Duration.ofSeconds(60);

    private JenkinsRule jenkins;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
        SERVICENOW.tables().seed("change_request", Map.of("number", "CHG0040001", "state", "3", "active", "false"));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.BUILD, Item.CANCEL)
                .everywhere()
                .to("builder")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void jobsFormKeepsEverythingAndSaysWhatCannotBeRead() throws Exception {
        FreeStyleProject job = job("kept");

        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
        admin.setThrowExceptionOnFailingStatusCode(false);

        jenkins.submit(admin.getPage(job, "configure").getFormByName("config"));

        jenkins.assertEqualDataBoundBeans(parameter(), TicketParameterDefinition.of(job, "TICKET"));
        HtmlForm form = admin.getPage(job, "configure").getFormByName("config");
        form.getInputByName("_.filter").setValue("javascript:gs.log()");
        assertThat(jenkins.submit(form).asNormalizedText()).contains("TICKET: filter must not hold 'javascript:'");
        jenkins.assertEqualDataBoundBeans(parameter(), TicketParameterDefinition.of(job, "TICKET"));
        // what no form has seen is refused when a build comes to it
        TicketParameterDefinition.of(job, "TICKET").setFilter("javascript:gs.log()");
        job.scheduleBuild2(0, new ParametersAction(new TicketParameterValue("TICKET", SampleInstance.CHANGE)));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(RefusedItems.of(job).getItems())
                        .singleElement()
                        .satisfies(
                                item -> assertThat(item.getReason()).contains("filter must not hold 'javascript:'")));
        assertThat(job.getLastBuild()).isNull();
        assertThat(ask("admin", job, "checkFilter", "value", "nonsense").getContentAsString())
                .contains("error");
        assertThat(ask("admin", job, "checkMustMatch", "value", "nonsense").getContentAsString())
                .contains("mustMatch line 1");
        assertThat(ask("admin", job, "checkTicketType", "value", "a b").getContentAsString())
                .contains("ticketType is");
        assertThat(ask("builder", job, "checkFilter", "value", "x").getStatusCode())
                .isEqualTo(403);
        assertThat(ask("builder", job, "fillConnectorItems").getContentAsString())
                .doesNotContain("Production");
    }

    @Test
    void buildFormOffersOpenTicketsAndStartsWithARightOneOnly() throws Exception {
        FreeStyleProject job = job("offered");

        assertThat(ask("builder", job, "fillValueItems", "name", "TICKET").getContentAsString())
                .contains("Payments 4.2", SampleInstance.CHANGE)
                .doesNotContain("CHG0040001");
        assertThat(ask("guest", job, "fillValueItems", "name", "TICKET").getContentAsString())
                .doesNotContain("CHG");
        assertThat(ask("guest", job, "checkValue", "name", "TICKET", "value", "CHG1")
                        .getContentAsString())
                .doesNotContain("CHG");
        assertThat(ask("builder", job, "checkValue", "name", "TICKET", "value", SampleInstance.CHANGE)
                        .getContentAsString())
                .contains("ok", "Payments 4.2");
        assertThat(ask("builder", job, "checkValue", "name", "TICKET", "value", "CHG0040001")
                        .getContentAsString())
                .contains("error", "is closed");
        assertThat(ask("builder", job, "checkValue", "name", "TICKET", "value", "CHG1^ORactive=true")
                        .getContentAsString())
                .contains("error", "TICKET is");

        assertThat(submit(job, "CHG0040001").asNormalizedText()).contains("CHG0040001 is closed (state Closed)");
        assertThat(submit(job, "a=b").asNormalizedText()).contains("TICKET is 'a=b', which is not a record's number");
        assertThat(job.getLastBuild()).isNull();
        assertThat(job.isInQueue()).isFalse();
        submit(job, SampleInstance.CHANGE);
        await().atMost(LONG).until(() -> job.getLastBuild() != null);
        jenkins.waitUntilNoActivity();

        WebResponse refused = post("builder", job.getUrl() + "buildWithParameters", "TICKET", "CHG0040001");
        assertThat(refused.getStatusCode()).isEqualTo(400);
        assertThat(refused.getContentAsString()).contains("is closed");
        assertThat(post("builder", job.getUrl() + "buildWithParameters", "TICKET", SampleInstance.CHANGE)
                        .getStatusCode())
                .isIn(200, 201);
        await().atMost(LONG).until(() -> job.getBuilds().size() == 2);
        jenkins.waitUntilNoActivity();
    }

    @Test
    void withoutTheInstanceTheFieldIsPlainTextAndTheBuildWaitsForItsCheck() throws Exception {
        FreeStyleProject job = job("plain");
        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.FORBIDDEN);
        assertThat(ask("builder", job, "checkValue", "name", "TICKET", "value", "")
                        .getContentAsString())
                .contains("warning", "may not read change_request", "sn_change_read");
        SERVICENOW.faults().none();
        SERVICENOW.faults().always(Match.table("GET", "change_request"), Fault.MAINTENANCE);
        assertThat(ask("builder", job, "checkValue", "name", "TICKET", "value", "CHG1")
                        .getContentAsString())
                .contains("warning");

        submit(job, SampleInstance.CHANGE);

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(job.getQueueItem().getWhy())
                        .contains("Waiting for ServiceNow to check " + SampleInstance.CHANGE + ", it is asked again"));
        jenkins.jenkins.getQueue().cancel(job);
    }

    private HtmlPage submit(FreeStyleProject job, String ticket) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().login("builder");
        browser.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = browser.getPage(job, "build").getFormByName("parameters");
        HtmlTextInput field = form.getInputByName("value");
        field.setValue(ticket);
        return (HtmlPage) jenkins.submit(form);
    }

    private static TicketParameterDefinition parameter() {
        TicketParameterDefinition parameter = new TicketParameterDefinition("TICKET");
        parameter.setConnector("prod");
        parameter.setTicketType("change_request");
        parameter.setFilter("approvalISNOTEMPTY");
        parameter.setMustMatch("number != CHG0000001\nnumber != CHG0000002");
        parameter.setDescription("The change");
        return parameter;
    }

    private FreeStyleProject job(String name) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.addProperty(new ParametersDefinitionProperty(parameter()));
        return job;
    }

    private WebResponse ask(String user, FreeStyleProject job, String question, String... parameters) throws Exception {
        String path = job.getUrl()
                + "descriptorByName/io.jenkins.plugins.servicenowconnector.job.TicketParameterDefinition/" + question;
        return post(user, path, parameters);
    }

    private WebResponse post(String user, String path, String... parameters) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().login(user);
        browser.setThrowExceptionOnFailingStatusCode(false);
        browser.getOptions().setRedirectEnabled(false);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
        List<NameValuePair> pairs = new ArrayList<>();
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        return browser.getPage(browser.addCrumb(request)).getWebResponse();
    }
}
