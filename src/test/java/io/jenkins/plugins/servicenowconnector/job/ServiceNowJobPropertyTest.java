package io.jenkins.plugins.servicenowconnector.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.DefaultField;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.connector.JobDefaults;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.connector.UseRules;
import io.jenkins.plugins.servicenowconnector.connector.folder.FolderConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a job sets for all of its steps. */
@WithJenkins
class ServiceNowJobPropertyTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        SERVICENOW.reset();
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void formKeepsEverythingAndRefusesFieldsThatNoTicketCanHave() throws Exception {
        Connecting.to(SERVICENOW, null);
        FreeStyleProject job = jenkins.createFreeStyleProject("kept");
        ServiceNowJobProperty given = property("test", "linux && dmz");
        given.setDefaultFields(List.of(fields("incident", "category", "network", "urgency", "2")));
        given.setReportAtEnd(true);
        job.addProperty(given);

        jenkins.configRoundtrip(job);

        ServiceNowJobProperty kept = job.getProperty(ServiceNowJobProperty.class);
        assertThat(kept).isNotSameAs(given);
        jenkins.assertEqualDataBoundBeans(given, kept);
        for (DefaultFields wrong : List.of(fields("incident", "approval", "x"), fields("a b", "urgency", "1"))) {
            kept.setDefaultFields(List.of(wrong));
            assertThat(refusal(job)).contains("Default fields");
        }
        kept.setDefaultFields(List.of(fields("incident"), fields("Incident")));
        assertThat(refusal(job)).contains("Default fields has incident twice.");
        kept.setDefaultFields(null);
        kept.setAgentLabel("a && (");
        assertThat(refusal(job)).contains("Agent label");
    }

    private String refusal(FreeStyleProject job) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = browser.getPage(job, "configure").getFormByName("config");
        return jenkins.submit(form).asNormalizedText();
    }

    @Test
    void stepsWithoutTheirOwnTakeConnectorAndLabelOfTheJob() throws Exception {
        Connector first = Connecting.to(SERVICENOW, "dmz || lan");
        Connector second = new Connector("Other", "https://other.example.com", first.getAuthentication());
        second.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(first, second));
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        jenkins.createOnlineSlave(new LabelAtom("lan"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.addProperty(property("test", "lan"));
        job.setDefinition(new CpsFlowDefinition(
                "serviceNowCreate ticketType: 'incident', shortDescription: 'x'\n"
                        + "try { serviceNowCreate ticketType: 'incident', agentLabel: 'dmz', timeout: '6s' }\n"
                        + "catch (e) { echo \"label: ${e.message}\" }",
                true));

        var build = jenkins.buildAndAssertSuccess(job);

        assertThat(SERVICENOW.tables().rows("incident")).hasSize(1);
        // a step does not get out of its job's label
        jenkins.assertLogContains("label: No node has the label '(dmz || lan) && ((lan) && (dmz))'", build);
        ServiceNowApprovalStep wait = new ServiceNowApprovalStep();
        wait.setTicketNumber("CHG1");
        wait.setAgentLabel("dmz");
        assertThat(wait.begin(build).target().label()).isEqualTo("(lan) && (dmz)");

        // where steps may choose, the nearest label alone counts
        UseRules free = new UseRules();
        free.setStepsMayChooseAgent(true);
        first.setUse(free);
        first.setAgentLabel("nowhere");
        var chosen = jenkins.buildAndAssertSuccess(job);
        assertThat(SERVICENOW.tables().rows("incident")).hasSize(3);
        jenkins.assertLogNotContains("No node has the label", chosen);
        assertThat(wait.begin(chosen).target().label()).isEqualTo("dmz");
    }

    @Test
    void nearestDefinitionOfAFieldWinsAndTheStepWinsOverAll() throws Exception {
        Connector connector = Connecting.to(SERVICENOW, null);
        connector.setDefaultFields(List.of(
                fields("incident", "category", "inquiry", "urgency", "1", "impact", "1", "description", "connector")));
        Folder folder = jenkins.createProject(Folder.class, "outer");
        WorkflowMultiBranchProject branches = folder.createProject(WorkflowMultiBranchProject.class, "branches");
        setFields(folder, fields("incident", "category", "hardware", "urgency", "2", "impact", "2"));
        setFields(branches, fields("incident", "category", "database", "urgency", "3"));
        assertThat(JobDefaults.fieldsOf(branches, "incident"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("category", "database", "urgency", "3", "impact", "2"));
        WorkflowJob job = folder.createProject(WorkflowJob.class, "deploy");
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setDefaultFields(
                List.of(fields("Incident", "category", "network"), fields("problem", "urgency", "1")));
        job.addProperty(property);
        job.setDefinition(new CpsFlowDefinition(
                "serviceNowCreate ticketType: 'incident', shortDescription: 'x', fields: [urgency: 3]", true));

        jenkins.buildAndAssertSuccess(job);

        Row row = SERVICENOW.tables().rows("incident").get(0);
        assertThat(row.get("category")).isEqualTo("network");
        assertThat(row.get("urgency")).isEqualTo("3");
        assertThat(row.get("impact")).isEqualTo("2");
        assertThat(row.get("description")).isEqualTo("connector");

        // what was not checked when it was saved is refused before any call
        property.setDefaultFields(List.of(fields("incident", "approval", "x")));
        long before = SERVICENOW.requestCount();
        var build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("job defaults", build);
        assertThat(SERVICENOW.requestCount()).isEqualTo(before);
    }

    private static void setFields(AbstractFolder<?> folder, DefaultFields fields) throws Exception {
        FolderConnectors property = new FolderConnectors();
        property.setDefaultFields(List.of(fields));
        folder.addProperty(property);
    }

    private static DefaultFields fields(String table, String... values) {
        DefaultFields fields = new DefaultFields(table);
        List<DefaultField> all = new ArrayList<>();
        for (int i = 0; i < values.length; i += 2) {
            all.add(new DefaultField(values[i], values[i + 1]));
        }
        fields.setFields(all);
        return fields;
    }

    private static ServiceNowJobProperty property(String connector, String label) {
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setConnector(connector);
        property.setAgentLabel(label);
        return property;
    }
}
