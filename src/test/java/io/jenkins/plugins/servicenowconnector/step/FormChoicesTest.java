package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.simulator.Exchange;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Match;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What drop-downs offer, asked as a browser does. */
@WithJenkins
class FormChoicesTest {

    private static final Simulator SERVICENOW = Simulator.start();

    /** Four times as many as are asked at a time. */
    private static final int QUESTIONS = 16;

    private JenkinsRule jenkins;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .toEveryone()
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("owner"));
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyDropDownIsFilledFromTheInstanceAndAskedOnce() throws Exception {
        String job = job("filled");
        for (int i = 0; i < 2; i++) {
            assertThat(ask("owner", job, "ServiceNowCreateStep/fillTicketTypeItems"))
                    .contains("\"change_request\"", "\"incident\"");
            assertThat(ask("owner", job, "ServiceNowCreateStep/fillChangeTemplateItems"))
                    .contains("\"Add network switch\"");
            assertThat(ask("owner", job, "ServiceNowUpdateStep/fillFormTemplateItems", "ticketType", "incident"))
                    .contains("\"Outage\"");
            assertThat(ask("owner", job, "ServiceNowImportSetStep/fillStagingTableItems"))
                    .contains("\"u_builds\"", "\"u_jenkins_build\"");
            assertThat(ask("owner", job, "ServiceNowGetStep/fillConnectorItems"))
                    .contains("Production", "\"prod\"");
            assertThat(ask("owner", job, "FieldRow/fillNameItems", "ticketType", "incident"))
                    .contains("\"urgency\"", "\"short_description\"")
                    .doesNotContain("\"sys_id\"", "\"approval\"", "\"justification\"");
            assertThat(ask("owner", job, "FieldRow/fillNameItems", "stagingTable", "u_builds"))
                    .contains("\"u_name\"")
                    .doesNotContain("\"urgency\"");
            assertThat(ask("owner", job, "FieldRow/fillNameItems", "changeTasksOf", "CHG1"))
                    .contains("\"change_task_type\"");
            assertThat(ask("owner", job, "FieldName/fillNameItems", "ticketType", "incident"))
                    .contains("\"urgency\"", "\"approval\"")
                    .doesNotContain("\"work_notes\"", "\"justification\"");
        }
        ask("owner", job, "FieldRow/fillNameItems", "ticketType", "problem");
        long first = SERVICENOW.requestCount();
        ask("owner", job, "FieldRow/fillNameItems", "ticketType", "problem");
        assertThat(SERVICENOW.requestCount()).as("kept for a minute").isEqualTo(first);
        assertThat(SERVICENOW.requests()).extracting(Exchange::method).containsOnly("GET");
    }

    @Test
    void approvalFormsOfferFieldsAndSayWhereTheMistakeIs() throws Exception {
        String job = job("approval");
        assertThat(ask("owner", job, "ServiceNowApprovalStep/fillConnectorItems"))
                .contains("Production");
        assertThat(ask("owner", job, "ServiceNowApprovalStep/fillTicketTypeItems"))
                .contains("\"incident\"");
        assertThat(ask("owner", job, "ApprovalCondition/fillFieldItems", "ticketType", "incident"))
                .contains("\"urgency\"", "\"approval\"")
                .doesNotContain("\"justification\"");
        assertThat(ask("owner", job, "ApprovalWindow/fillStartItems"))
                .contains("\"start_date\"", "\"work_end\"")
                .doesNotContain("\"risk\"");
        assertThat(ask("owner", job, "ApprovalWindow/fillEndItems", "ticketType", "change_task"))
                .contains("\"planned_end_date\"");
        wrong(job, "ApprovalCondition/checkField", "a b", "has &quot;a b&quot; as field");
        wrong(job, "ApprovalCondition/checkField", "", "names no field");
        wrong(job, "ApprovalCondition/checkValue", "1, \"2", "quote", "operator", "in");
        wrong(job, "ApprovalCriteria/checkExpression", "", "is empty: give conditions, an expression, or both.");
        wrong(job, "ApprovalCriteria/checkExpression", "ticket.state.value == ", "at line 1, column");
        wrong(job, "ApprovalCriteria/checkExpression", "ticket.state.value = 1", "at line 1, column", "field", "state");
        wrong(job, "ApprovalWindow/checkKind", "", "names no field");
        wrong(job, "ApprovalWindow/checkKind", "sometime", "unknown kind");
        wrong(job, "ApprovalWindow/checkKind", "planned", "cannot be planned for incident", "ticketType", "incident");
        wrong(job, "ServiceNowApprovalStep/checkRetryInterval", "5s", "must be at least 10s with the connector");
        wrong(job, "ServiceNowApprovalStep/checkTimeout", "99w", "is longer than 3w 3d 20h 30m");
        wrong(
                job,
                "ServiceNowApprovalStep/checkTicketNumber",
                "CHG1^ORactive=true",
                "is &#039;CHG1^ORactive=true&#039;");
        wrong(job, "ServiceNowApprovalStep/checkTicketNumber", "CHG1", "and sysId exclude each other", "sysId", "a");
        wrong(job, "ServiceNowApprovalStep/checkSysId", "abc", "is &#039;abc&#039;");
        assertThat(ask("owner", job, "ApprovalCriteria/checkExpression", "value", "", "field", "state"))
                .doesNotContain("error");
        for (String right : List.of(
                "ApprovalCondition/checkValue",
                "ServiceNowApprovalStep/checkTimeout",
                "ServiceNowApprovalStep/checkSysId")) {
            assertThat(ask("owner", job, right, "value", "")).doesNotContain("error");
        }
        for (String given : List.of(
                "ServiceNowApprovalStep/checkTicketNumber",
                "ServiceNowApprovalStep/checkSysId",
                "ServiceNowApprovalStep/checkRetryInterval",
                "ServiceNowApprovalStep/checkTimeout",
                "ServiceNowCreateStep/checkTicketType")) {
            assertThat(ask("owner", job, given, "value", "${FROM_THE_BUILD}"))
                    .as("a freestyle job puts in variables: " + given)
                    .doesNotContain("error");
        }
    }

    private void wrong(String job, String question, String value, String sentence, String... more) throws Exception {
        List<String> parameters = new ArrayList<>(List.of("value", value));
        parameters.addAll(List.of(more));
        assertThat(ask("owner", job, question, parameters.toArray(new String[0])))
                .as(question)
                .contains("error", sentence);
        assertThat(ask("guest", job, question, parameters.toArray(new String[0])))
                .as("for a guest: " + question)
                .doesNotContain("error");
    }

    @Test
    void nobodyElseMakesACall() throws Exception {
        String job = job("closed");
        for (String question : List.of(
                "ServiceNowCreateStep/fillTicketTypeItems",
                "ServiceNowCreateStep/fillChangeTemplateItems",
                "ServiceNowCreateStep/checkChangeTemplate",
                "ServiceNowCreateStep/fillFormTemplateItems",
                "ServiceNowCreateStep/checkTicketType",
                "ServiceNowImportSetStep/fillStagingTableItems",
                "ServiceNowImportSetStep/checkStagingTable",
                "ServiceNowApprovalStep/fillTicketTypeItems",
                "ApprovalCondition/fillFieldItems",
                "ApprovalCondition/checkField",
                "ApprovalWindow/fillStartItems",
                "ApprovalWindow/fillEndItems",
                "ServiceNowUpdateStep/checkFormTemplate",
                "FieldName/fillNameItems",
                "FieldName/checkName",
                "FieldRow/fillNameItems",
                "FieldRow/checkName")) {
            assertThat(ask("guest", job, question))
                    .as(question)
                    .doesNotContain("change_request", "switch", "u_builds", "state", "start_date");
            // without a job only who administers Jenkins may
            assertThat(ask("owner", "", question))
                    .as(question)
                    .doesNotContain("change_request", "switch", "u_builds", "state", "start_date");
        }
        assertThat(ask("guest", job, "ServiceNowCreateStep/fillConnectorItems")).doesNotContain("Production");
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void aGetIsRefused() throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().login("owner");
        browser.assertFails(job("get") + path("FieldRow/fillNameItems") + "?connector=prod", 404);
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void whatIsRefusedIsPlainTextWithAHint() throws Exception {
        String job = job("refused");
        for (String table : List.of("std_change_record_producer", "sys_template", "sys_db_object", "sys_dictionary")) {
            SERVICENOW.faults().always(Match.table("GET", table), Fault.FORBIDDEN);
        }
        assertThat(ask("owner", job, "ServiceNowCreateStep/fillChangeTemplateItems"))
                .doesNotContain("Add network");
        assertThat(ask("owner", job, "ServiceNowCreateStep/checkChangeTemplate"))
                .contains("warning", "std_change_record_producer");
        assertThat(ask("owner", job, "ServiceNowUpdateStep/checkFormTemplate", "ticketType", "incident"))
                .contains("warning", "sys_template");
        assertThat(ask("owner", job, "FieldName/checkName", "ticketType", "incident", "value", "assigned_to.name"))
                .contains("warning", "sys_dictionary");
        assertThat(ask("owner", job, "FieldName/checkName", "ticketType", "incident", "value", "a b"))
                .contains("error", "Name is");
        assertThat(ask("owner", job, "ServiceNowCreateStep/checkTicketType"))
                .contains("warning", "lacks read access to sys_db_object");
        assertThat(ask("owner", job, "FieldRow/checkName", "ticketType", "incident", "value", "urgency"))
                .contains("warning", "sys_dictionary");
        assertThat(ask("owner", job, "FieldRow/checkName", "ticketType", "incident", "value", "a b"))
                .contains("error", "Name is");
        assertThat(ask("owner", job, "ServiceNowCreateStep/checkTicketType", "value", "a b"))
                .contains("error", "Ticket type is");
    }

    @Test
    void slowInstanceIsWaitedForFiveSecondsAndFourQuestionsAreAskedAtATime() throws Exception {
        String job = job("slow");
        SERVICENOW.faults().always(Match.ANY, Fault.slow(Duration.ofSeconds(60)));
        ExecutorService browsers = Executors.newCachedThreadPool();
        List<Callable<String>> questions = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            String table = "u_table_" + i;
            JenkinsRule.WebClient browser = browser("owner");
            questions.add(() -> ask(browser, job, "FieldRow/checkName", "ticketType", table, "value", "x"));
        }
        Instant begun = Instant.now();
        List<String> answers = new ArrayList<>();
        for (Future<String> answer : browsers.invokeAll(questions)) {
            answers.add(answer.get());
        }
        browsers.shutdown();

        // four after four they would take a quarter of a minute more
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(19));
        assertThat(answers)
                .filteredOn(answer -> answer.contains("did not answer within five seconds"))
                .hasSizeBetween(4, QUESTIONS);
        assertThat(answers).allMatch(answer -> answer.contains("warning"));
        // those that found no turn have not asked
        assertThat(SERVICENOW.requestCount()).isLessThanOrEqualTo(QUESTIONS);
    }

    private String job(String name) throws Exception {
        return jenkins.createProject(FreeStyleProject.class, name).getUrl();
    }

    private static String path(String question) {
        String room = question.startsWith("Approval") ? "connector." : "step.";
        return "descriptorByName/io.jenkins.plugins.servicenowconnector." + room + question;
    }

    /** What a form of that job is answered. */
    private String ask(String user, String job, String question, String... parameters) throws Exception {
        return ask(browser(user), job, question, parameters);
    }

    private JenkinsRule.WebClient browser(String user) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().login(user);
        browser.setThrowExceptionOnFailingStatusCode(false);
        return browser;
    }

    private String ask(JenkinsRule.WebClient browser, String job, String question, String... parameters)
            throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), job + path(question)), HttpMethod.POST);
        List<NameValuePair> pairs = new ArrayList<>(List.of(new NameValuePair("connector", "prod")));
        for (int i = 0; i < parameters.length; i += 2) {
            pairs.add(new NameValuePair(parameters[i], parameters[i + 1]));
        }
        request.setRequestParameters(pairs);
        return browser.getPage(browser.addCrumb(request)).getWebResponse().getContentAsString();
    }
}
