package io.jenkins.plugins.servicenowconnector.job.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCondition;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalCriteria;
import io.jenkins.plugins.servicenowconnector.connector.ApprovalWindow;
import io.jenkins.plugins.servicenowconnector.job.BindingGate;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGate;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGates;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import javax.xml.transform.stream.StreamSource;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.impl.SingleSCMSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.WebConnectionWrapper;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Gates in forms and in code: of jobs, of folders, in Job DSL, and in the options of a Jenkinsfile. */
@WithJenkins
class GateFormTest {

    private static final Simulator SERVICENOW = Simulator.start();
    private static final Pattern GROOVY = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final Pattern OURS =
            Pattern.compile("descriptorByName/io\\.jenkins\\.plugins\\.servicenowconnector\\.(.*)");

    private JenkinsRule jenkins;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        GatedJobs.connect(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void formsKeepGates() throws Exception {
        formsKeepEverything();
        formsRefuseAGateThatNobodyCouldPass();
        whatIsSwitchedOffAsksNothing();
        ticketToCreateIsOfferedWhatTheConnectorOfTheGateHas();
        criteriaAreCompleteAsSoonAsTheyHaveACondition();
        whoMayNotConfigureIsOfferedNoConnectors();
    }

    @Test
    void gateOfAFormStaysWhateverTheJenkinsfileSays() throws Exception {
        bindsAPipeline("""
                pipeline {
                    agent none
                    options { serviceNow(reportAtEnd: true) }
                    stages { stage('a') { steps { echo 'x' } } }
                }
                """, "pipeline { agent none; stages { stage('a') { steps { echo 'x' } } } }");
        bindsAPipeline("properties([serviceNow(gate: [ticketParameter: 'OTHER'])])", "properties([])");
        bindsAPipelineThatJobDslWritesAnew();
    }

    /** Job DSL forgets what the Pipeline has set, and then the Pipeline's step takes out whatever is there. */
    private void bindsAPipelineThatJobDslWritesAnew() throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText("""
                pipelineJob('seeded') {
                    parameters { stringParam('CHANGE', '') }
                    properties { serviceNow { gate { ticketParameter('CHANGE') } } }
                    definition { cps {
                        script("properties([serviceNow(reportAtEnd: true)])")
                        sandbox()
                    } }
                }
                """);
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        WorkflowJob job = jenkins.jenkins.getItemByFullName("seeded", WorkflowJob.class);
        passTheGate(job);

        jenkins.buildAndAssertSuccess(seed);

        assertThat(job.getConfigFile().asString()).contains("<actions/>");
        passTheGate(job);
        passTheGate(job);
        assertThat(job.getProperty(ServiceNowJobProperty.class).isReportAtEnd()).isTrue();
        assertThat(job.getAllProperties().stream().filter(ServiceNowJobProperty.class::isInstance))
                .as("the step takes out what it has set")
                .hasSize(1);
    }

    private void bindsAPipeline(String script, String withoutProperty) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", "")));
        enterGate(job);
        assertThat(job.getConfigFile().asString()).contains(BindingGate.class.getSimpleName());

        passTheGate(job);
        passTheGate(job);
        job.updateByXml(new StreamSource(job.getConfigFile().getFile()));
        passTheGate(job);
        assertThat(job.getProperty(ServiceNowJobProperty.class)).isNotNull();
        job.setDefinition(new CpsFlowDefinition(withoutProperty, true));
        passTheGate(job);
        assertThat(job.getProperty(ServiceNowJobProperty.class)).isNull();

        // a person who saves the job for some other reason keeps it too, and only a person takes it away
        jenkins.configRoundtrip(job);
        passTheGate(job);
        HtmlForm form = jenkins.createWebClient().getPage(job, "configure").getFormByName("config");
        form.getInputByName("_.gate").setChecked(false);
        jenkins.submit(form);
        assertThat(GateSource.of(job)).isNull();
    }

    /** Sets a gate in the job's form, in place of one that was not. */
    private void enterGate(WorkflowJob job) throws Exception {
        GatedJobs.set(job, GatedJobs.byParameter());
        HtmlForm form = jenkins.createWebClient().getPage(job, "configure").getFormByName("config");
        List<HtmlInput> times = form.getInputsByName("_.timeout");
        times.get(times.size() - 1).setValue("3d");
        jenkins.submit(form);
        assertThat(GateSource.of(job).getTimeout()).isEqualTo("3d");
    }

    private void passTheGate(WorkflowJob job) throws Exception {
        String change = GatedJobs.change(SERVICENOW);
        var future = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("CHANGE", change)));
        assertThat(GatedJobs.looked(job)).contains(change);
        GatedJobs.approve(SERVICENOW, change);
        jenkins.assertBuildStatusSuccess(future);
    }

    private void formsRefuseAGateThatNobodyCouldPass() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("refusing");
        GatedJobs.set(job, full());
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = browser.getPage(job, "configure").getFormByName("config");
        assertThat(form.getSelectsByName("_.connector"))
                .as("of the job and the gate; the ticket that it creates has no other")
                .hasSize(2);
        form.getInputByName("_.ticketParameter").setValue("");
        assertThat(jenkins.submit(form).asNormalizedText()).contains("or a ticket that is created must be given");
        assertThat(GateSource.of(job).getTicketParameter()).isEqualTo("CHANGE");

        Folder folder = jenkins.createProject(Folder.class, "refused");
        FolderGates property = new FolderGates();
        property.setGates(List.of(new FolderGate(full())));
        folder.addProperty(property);
        HtmlForm outer = browser.getPage(folder, "configure").getFormByName("config");
        outer.getInputByName("_.ticketParameter").setValue("");
        assertThat(jenkins.submit(outer).asNormalizedText()).contains("or a ticket that is created must be given");
        assertThat(folder.getProperties()
                        .get(FolderGates.class)
                        .getGates()
                        .get(0)
                        .getGate()
                        .getTicketParameter())
                .isEqualTo("CHANGE");
    }

    private void whatIsSwitchedOffAsksNothing() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("plain");
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        Queue<String> questions = questions(browser);
        long before = SERVICENOW.requestCount();
        HtmlPage page = browser.getPage(job, "configure");
        assertThat(browser.waitForBackgroundJavaScript(60_000)).isZero();
        assertThat(questions).anyMatch(question -> question.startsWith("job.gate.ApprovalGate/fill"));
        assertThat(questions).noneMatch(question -> question.matches(".*/(check|fillTicketType|fill.*Template).*"));
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);

        for (String box : List.of("specified", "_.gate", "_.create")) {
            // other properties of the job have a box of the first name too
            HtmlElement found = page.getFirstByXPath("//input[@name='" + box
                    + "'][ancestor::div[contains(@class,'optionalBlock-container')][1]//input[@name='_.create']]");
            found.click();
        }
        awaitAsserted(
                browser,
                () -> assertThat(questions)
                        .contains(
                                "step.ServiceNowCreateStep/checkTicketType?value=&connector=",
                                "step.ServiceNowCreateStep/fillTicketTypeItems?connector="));
    }

    private void ticketToCreateIsOfferedWhatTheConnectorOfTheGateHas() throws Exception {
        Connecting.twice(SERVICENOW, null);
        FreeStyleProject job = jenkins.createFreeStyleProject("offering");
        ApprovalGate gate = creating();
        gate.setConnector("later");
        gate.setApprovalCriteria(criteria("state"));
        GatedJobs.set(job, gate);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        Queue<String> questions = questions(browser);
        HtmlForm form = browser.getPage(job, "configure").getFormByName("config");
        String step = "step.ServiceNowCreateStep/";
        awaitAsserted(
                browser,
                () -> assertThat(questions)
                        .contains(
                                step + "checkTicketType?value=&connector=later",
                                step + "checkChangeTemplate?value=&connector=later",
                                step + "checkFormTemplate?value=&connector=later&ticketType=",
                                step + "fillTicketTypeItems?connector=later",
                                step + "fillChangeTemplateItems?connector=later",
                                step + "fillFormTemplateItems?connector=later&ticketType=",
                                "step.FieldRow/checkName?value=risk&connector=later&ticketType=",
                                "step.FieldRow/fillNameItems?connector=later&ticketType=",
                                "connector.ApprovalCondition/checkField?value=state&connector=later&ticketType=",
                                "connector.ApprovalCondition/fillFieldItems?connector=later&ticketType="));
        assertThat(questions)
                .as("nothing is asked of another connector, not even at first")
                .filteredOn(question -> !question.contains("/fillConnectorItems"))
                .noneMatch(question -> question.matches(".*connector=(&.*|)"));

        form.getSelectsByName("_.connector").get(1).setSelectedAttribute("test", true);
        awaitAsserted(
                browser,
                () -> assertThat(questions)
                        .contains(
                                step + "checkTicketType?value=&connector=test",
                                step + "fillChangeTemplateItems?connector=test",
                                "step.FieldRow/fillNameItems?connector=test&ticketType="));
    }

    private void criteriaAreCompleteAsSoonAsTheyHaveACondition() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("criteria");
        GatedJobs.set(job, full());
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        HtmlPage page = browser.getPage(job, "configure");
        DomElement criteria = page.getFirstByXPath(
                "//input[@name='_.approvalCriteria']/ancestor::div[contains(@class,'optionalBlock-container')][1]");
        HtmlElement remove =
                criteria.getFirstByXPath(".//*[@name='conditions']//button[contains(@class,'repeatable-delete')]");
        HtmlElement add = criteria.getFirstByXPath(".//button[contains(.,'Add condition')]");
        String empty = "is empty: give conditions";

        assertThat(browser.waitForBackgroundJavaScript(60_000)).isZero();
        assertThat(criteria.getTextContent()).doesNotContain(empty);
        remove.click();
        awaitAsserted(browser, () -> assertThat(criteria.getTextContent()).contains(empty));
        add.click();
        awaitAsserted(browser, () -> assertThat(criteria.getTextContent()).doesNotContain(empty));
    }

    /** The questions that our forms ask from now on, such as {@code step.FieldRow/checkName?value=&connector=a}. */
    private static Queue<String> questions(JenkinsRule.WebClient browser) {
        Queue<String> questions = new ConcurrentLinkedQueue<>();
        new WebConnectionWrapper(browser) {
            @Override
            public WebResponse getResponse(WebRequest request) throws IOException {
                Matcher asked = OURS.matcher(request.getUrl().toString());
                if (asked.find()) {
                    questions.add(asked.group(1) + "?" + sent(request));
                }
                return super.getResponse(request);
            }
        };
        return questions;
    }

    private static String sent(WebRequest request) {
        return request.getRequestBody() != null
                ? request.getRequestBody()
                : request.getRequestParameters().stream()
                        .map(each -> each.getName() + "=" + each.getValue())
                        .collect(Collectors.joining("&"));
    }

    private static void awaitAsserted(JenkinsRule.WebClient browser, ThrowingRunnable seen) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollInSameThread().untilAsserted(() -> {
            browser.waitForBackgroundJavaScript(200);
            seen.run();
        });
    }

    @Test
    void codeSetsGates() throws Exception {
        branchesHaveTheGateOfTheirFolderFromTheFirstBuild();
        sampleOfTheDocsMakesTheJobAndTheFolderThatItShows();
        optionsOfAJenkinsfileSetTheGateForTheNextBuild();
        gateOfAFolderThatSaysNothingRefusesEveryBuild();
    }

    private void gateOfAFolderThatSaysNothingRefusesEveryBuild() throws Exception {
        // Job DSL says itself that something is missing; scripts and XML do not
        FolderGates property = new FolderGates();
        property.setGates(List.of(new FolderGate(null)));
        Folder folder = jenkins.createProject(Folder.class, "closed");
        folder.addProperty(property);
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "deploy");

        job.scheduleBuild2(0);

        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("ticketParameter or a ticket that is created");
        FolderGate written = (FolderGate) Items.XSTREAM2.fromXML(
                "<" + FolderGate.class.getName() + "><jobs>a</jobs></" + FolderGate.class.getName() + ">");
        assertThat(written.getGate()).isNotNull();
        assertThat(written.getJobs()).isEqualTo("a");
    }

    private void formsKeepEverything() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        GatedJobs.set(job, full());
        jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(
                full(), job.getProperty(ServiceNowJobProperty.class).getGate());

        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderGate first = new FolderGate(creating());
        first.setJobs("deploy-*\n**/main");
        FolderGates property = new FolderGates();
        property.setGates(List.of(first));
        folder.addProperty(property);
        jenkins.configRoundtrip(folder);
        List<FolderGate> again = folder.getProperties().get(FolderGates.class).getGates();
        assertThat(again).hasSize(1);
        jenkins.assertEqualDataBoundBeans(first, again.get(0));

        Folder without = jenkins.createProject(Folder.class, "without");
        jenkins.configRoundtrip(without);
        assertThat(without.getProperties().get(FolderGates.class)).isNull();
    }

    private void sampleOfTheDocsMakesTheJobAndTheFolderThatItShows() throws Exception {
        Matcher sample = GROOVY.matcher(Files.readString(Path.of(System.getProperty("tree"), "docs", "gate.md")));
        assertThat(sample.find()).isTrue();
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(sample.group(1));
        seed.getBuildersList().add(dsl);

        jenkins.buildAndAssertSuccess(seed);

        ApprovalGate expected = new ApprovalGate();
        expected.setTicketParameter("CHANGE");
        expected.setTimeout("2d");
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("deploy", FreeStyleProject.class);
        jenkins.assertEqualDataBoundBeans(
                expected, job.getProperty(ServiceNowJobProperty.class).getGate());
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setShortDescription("Deploy ${JOB_NAME}");
        create.setRequestApproval(true);
        create.setNames(Map.of("assignment_group", "Network"));
        ApprovalGate creating = new ApprovalGate();
        creating.setConnector("prod");
        creating.setCreate(create);
        Folder folder = jenkins.jenkins.getItemByFullName("payments", Folder.class);
        FolderGate gate =
                folder.getProperties().get(FolderGates.class).getGates().get(0);
        assertThat(gate.getJobs()).isEqualTo("deploy-*");
        jenkins.assertEqualDataBoundBeans(creating, gate.getGate());
    }

    private void optionsOfAJenkinsfileSetTheGateForTheNextBuild() throws Exception {
        WorkflowJob job = Pipelines.job(jenkins, "declarative", """
                pipeline {
                    agent none
                    parameters { string(name: 'CHANGE', defaultValue: '') }
                    options { serviceNow(gate: [ticketParameter: 'CHANGE', timeout: '2d']) }
                    stages { stage('a') { steps { echo 'x' } } }
                }
                """);

        jenkins.buildAndAssertSuccess(job);

        ApprovalGate expected = new ApprovalGate();
        expected.setTicketParameter("CHANGE");
        expected.setTimeout("2d");
        jenkins.assertEqualDataBoundBeans(
                expected, job.getProperty(ServiceNowJobProperty.class).getGate());
        job.scheduleBuild2(0);
        assertThat(GatedJobs.notStarted(job).getReason()).startsWith("CHANGE must not be blank");
    }

    private void branchesHaveTheGateOfTheirFolderFromTheFirstBuild() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderGate gate = new FolderGate(creating());
        gate.getGate().setCreateForTriggers(false);
        gate.setJobs("app/**");
        FolderGates property = new FolderGates();
        property.setGates(List.of(gate));
        folder.addProperty(property);
        WorkflowMultiBranchProject app = folder.createProject(WorkflowMultiBranchProject.class, "app");
        app.getSourcesList()
                .add(new BranchSource(new SingleSCMSource(
                        "main",
                        new SingleFileSCM(
                                "Jenkinsfile",
                                "properties([serviceNow(gate: [ticketParameter: 'X'])])".getBytes(UTF_8)))));

        app.scheduleBuild2(0).getFuture().get();

        WorkflowJob main = app.getItem("main");
        assertThat(GatedJobs.notStarted(main).getReason()).startsWith("createForTriggers is off");
        assertThat(main.getBuilds()).isEmpty();
        FreeStyleProject elsewhere = folder.createProject(FreeStyleProject.class, "other");
        jenkins.buildAndAssertSuccess(elsewhere);
        FreeStyleProject below = folder.createProject(Folder.class, "sub").createProject(FreeStyleProject.class, "app");
        assertThat(GateSource.of(below)).isNull();
        GatedJobs.set(below, full());
        assertThat(GateSource.of(below)).isNotNull();
        GatedJobs.set(main, full());
        assertThat(GateSource.of(main)).as("the outermost counts").isSameAs(gate.getGate());
    }

    private void whoMayNotConfigureIsOfferedNoConnectors() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("secured");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
        String fill = job.getUrl() + "descriptorByName/" + ApprovalGate.class.getName() + "/fillConnectorItems";

        assertThat(post("reader", fill)).doesNotContain("Test instance");
        assertThat(post("author", fill)).contains("Test instance");
        String check = job.getUrl() + "descriptorByName/" + ApprovalGate.class.getName() + "/check";
        assertThat(post("author", check + "Timeout?value=9w")).contains("is longer than");
        assertThat(post("author", check + "RetryInterval?value=1s&connector=test"))
                .contains("must be at least 10s");
        assertThat(post("author", check + "RetryInterval?value=$EVERY&connector=test"))
                .doesNotContain("error");
        assertThat(post("reader", check + "Timeout?value=9w")).doesNotContain("error");
    }

    private String post(String user, String path) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().login(user);
        WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
        Page page = client.getPage(request);
        return page.getWebResponse().getContentAsString();
    }

    private static ApprovalGate full() {
        ApprovalGate gate = new ApprovalGate();
        gate.setConnector("test");
        gate.setAgentLabel("dmz");
        gate.setTicketParameter("CHANGE");
        gate.setTicketType("incident");
        gate.setApprovalCriteria(criteria("state"));
        gate.setRejectionCriteria(criteria("approval"));
        gate.setMustMatch(criteria("cmdb_ci.name"));
        ApprovalWindow window = new ApprovalWindow();
        window.setKind("planned");
        gate.setChangeWindow(window);
        gate.setOnConflict("approve");
        gate.setOnSentBack("reject");
        gate.setOnWindowMissed("wait");
        gate.setForbidSelfApproval(true);
        gate.setShowOnPage(false);
        gate.setOnNotRun("leave");
        gate.setRetryInterval("2m");
        gate.setTimeout("3d");
        return gate;
    }

    private static ApprovalGate creating() {
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setShortDescription("Deploy ${VERSION}");
        create.setRequestApproval(true);
        create.setFields(Map.of("risk", "3"));
        create.setNames(Map.of("assignment_group", "Network"));
        ApprovalGate gate = new ApprovalGate();
        gate.setCreate(create);
        gate.setCreateForTriggers(true);
        return gate;
    }

    private static ApprovalCriteria criteria(String field) {
        ApprovalCondition condition = new ApprovalCondition();
        condition.setField(field);
        condition.setOperator("=");
        condition.setValue("x");
        ApprovalCriteria criteria = new ApprovalCriteria();
        criteria.setMatch("all");
        criteria.setConditions(List.of(condition));
        return criteria;
    }
}
