package io.jenkins.plugins.servicenowconnector.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.DefaultField;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Folders;
import java.util.List;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That a folder's connectors work for its jobs, and are no hole in Jenkins. */
@WithJenkins
class FolderConnectorsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SERVICENOW.reset();
        Connecting.credentials(Simulator.PASSWORD);
        Folders.allow("localhost, 127.0.0.1", true);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void jobUsesTheConnectorOfItsFolderWithTheFoldersCredentialThroughItsAgent() throws Exception {
        Folders.allow("localhost, 127.0.0.1", false);
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        Folder folder = Folders.with(jenkins, "team", connector("own", "dmz"));
        Folders.credentials(folder, Simulator.PASSWORD);

        WorkflowRun build = jenkins.buildAndAssertSuccess(creating(folder, "own"));

        jenkins.assertLogContains("Created CHG", build);
        assertThat(SERVICENOW.tables().rows("change_request")).isNotEmpty();
    }

    @Test
    void credentialsOfJenkinsItselfAreOutOfReachForAFolder() throws Exception {
        Folder folder = Folders.with(jenkins, "team");
        Connector own = new Connector("own", SERVICENOW.url().toString(), new BasicKind(Connecting.CREDENTIALS));
        own.setId("own");
        Folders.define(folder, own);

        refused(creating(folder, "own"), "'servicenow-account' was not found among the credentials of folder team");
    }

    @Test
    void onlyAllowedHostsAreCalled() throws Exception {
        Folders.allow(null, true);
        Folder folder = Folders.with(jenkins, "team", connector("own", null));
        Folders.credentials(folder, Simulator.PASSWORD);

        refused(creating(folder, "own"), "which connectors of a folder may not call, only *.service-now.com");
    }

    @Test
    void controllerIsCalledFromOnlyWhereThatIsAllowed() throws Exception {
        Folders.allow("localhost, 127.0.0.1", false);
        Folder folder = Folders.with(jenkins, "team", connector("own", null), connector("built", "built-in"));
        Folders.credentials(folder, Simulator.PASSWORD);

        refused(creating(folder, "own"), "may not make their calls from the Jenkins controller");
        WorkflowJob job = creating(folder, "built");
        job.setDefinition(new CpsFlowDefinition("serviceNowCreate connector: 'built', timeout: '1s'", true));
        refused(
                job,
                "No node has the label 'built-in' but maybe the controller, from which this connector may not call.");
    }

    @Test
    void formKeepsEverythingAndShowsWhatTheCheckFound() throws Exception {
        Connector own = connector("own", null);
        own.setSkipValidation(false);
        Folder folder = Folders.with(jenkins, "team");
        Folders.credentials(folder, Simulator.PASSWORD);
        FolderConnectors property = Folders.define(folder, own);
        property.setDefaultConnector("own");
        DefaultFields fields = new DefaultFields("incident");
        fields.setFields(List.of(new DefaultField("urgency", "2")));
        property.setDefaultFields(List.of(fields));

        jenkins.configRoundtrip(folder);

        FolderConnectors kept = folder.getProperties().get(FolderConnectors.class);
        assertThat(kept).isNotSameAs(property);
        jenkins.assertEqualDataBoundBeans(property, kept);
        FoundConnector found = Connectors.find("own", folder);
        await().untilAsserted(() -> assertThat(found.getCheck()).isNotNull());
        assertThat(found.getCheck().isPassed()).isTrue();
        String form = jenkins.createWebClient()
                .goTo("job/team/configure")
                .getFormByName("config")
                .asNormalizedText();
        assertThat(form).contains("Works", "ago from built-in node");

        fields.setFields(List.of(new DefaultField("approval", "approved")));
        kept.setDefaultFields(List.of(fields));
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        assertThat(jenkins.submit(browser.goTo("job/team/configure").getFormByName("config"))
                        .asNormalizedText())
                .contains("Default fields of incident: ");
    }

    @Test
    void checkThatNoNodeMadeNamesNone() throws Exception {
        Connector own = connector("own", null);
        own.setSkipValidation(false);
        Folder folder = Folders.with(jenkins, "team");
        Folders.define(folder, own);

        // there is no credential, so no call is made
        jenkins.configRoundtrip(folder);

        FoundConnector found = Connectors.find("own", folder);
        await().untilAsserted(() -> assertThat(found.getCheck()).isNotNull());
        assertThat(jenkins.createWebClient()
                        .goTo("job/team/servicenow-connectors/")
                        .asNormalizedText())
                .containsPattern("Failed .* ago\\s")
                .doesNotContain("ago from");
    }

    @Test
    void connectorIsDeletedInTheFoldersForm() throws Exception {
        Folder folder = Folders.with(jenkins, "team", connector("own", null), connector("other", null));
        Folders.credentials(folder, Simulator.PASSWORD);
        for (int left = 1; left >= 0; left--) {
            JenkinsRule.WebClient browser = jenkins.createWebClient();
            HtmlForm form = browser.goTo("job/team/configure").getFormByName("config");
            List<HtmlButton> delete =
                    form.getByXPath(".//div[@name='connectors']//button[contains(., 'Delete connector')]");
            assertThat(delete).hasSize(left + 1);

            delete.get(0).click();
            int rest = left;
            await().until(() -> {
                browser.waitForBackgroundJavaScript(200);
                return form.getByXPath(".//div[@name='connectors']").size() == rest;
            });
            jenkins.submit(form);

            assertThat(new FolderConnectorSource().connectors(folder)).hasSize(left);
        }
        assertThat(folder.getProperties().get(FolderConnectors.class)).isNull();
    }

    @Test
    void folderThatBreaksARuleIsNotSaved() throws Exception {
        Folder folder = Folders.with(jenkins, "team", connector("own", null));
        Folders.credentials(folder, Simulator.PASSWORD);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = browser.goTo("job/team/configure").getFormByName("config");
        form.getInputByName("_.url").setValue("https://evil.example.com");

        HtmlPage refused = (HtmlPage) jenkins.submit(form);

        assertThat(refused.asNormalizedText())
                .contains("Connector 'own of the folder': URL leads to evil.example.com", "only localhost, 127.0.0.1");
        assertThat(Connectors.find("own", folder).connector().getUrl())
                .isEqualTo(SERVICENOW.url().toString());
    }

    @Test
    void nameOfAProtectedConnectorIsRefused() throws Exception {
        Connector shielded = Connecting.to(SERVICENOW, null);
        UseRules use = new UseRules();
        use.setProtected(true);
        shielded.setUse(use);
        ServiceNowConnectors.get().setConnectors(List.of(shielded));
        Folder folder = Folders.with(jenkins, "team", connector("TEST", null));
        Folders.credentials(folder, Simulator.PASSWORD);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);

        HtmlPage refused =
                (HtmlPage) jenkins.submit(browser.goTo("job/team/configure").getFormByName("config"));

        assertThat(refused.asNormalizedText())
                .contains("is called like the protected connector 'Test instance' of Jenkins itself");
    }

    @Test
    void deletedConnectorLeavesAClearErrorAndARenamedOneBreaksNothing() throws Exception {
        Folder folder = Folders.with(jenkins, "team", connector("own", null));
        Folders.credentials(folder, Simulator.PASSWORD);
        WorkflowJob job = creating(folder, "own");
        Connector renamed =
                new Connector("Another name", SERVICENOW.url().toString(), new BasicKind(Folders.CREDENTIALS));
        renamed.setId("own");
        Folders.define(folder, renamed);
        jenkins.buildAndAssertSuccess(job);

        Folders.define(folder);
        SERVICENOW.reset();

        refused(job, "connector 'own' does not exist, or may not be used here");
    }

    private void refused(WorkflowJob job, String sentence) throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains(sentence, build);
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    private static WorkflowJob creating(Folder folder, String connector) throws Exception {
        WorkflowJob job = folder.createProject(WorkflowJob.class, "deploy-" + connector);
        job.setDefinition(
                new CpsFlowDefinition("serviceNowCreate connector: '" + connector + "', shortDescription: 'x'", true));
        return job;
    }

    private static Connector connector(String id, String label) {
        return Folders.connector(id, SERVICENOW.url().toString(), label);
    }
}
