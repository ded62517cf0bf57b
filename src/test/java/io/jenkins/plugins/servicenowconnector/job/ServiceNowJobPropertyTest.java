package io.jenkins.plugins.servicenowconnector.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.connector.ServiceNowConnectors;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
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
    void formKeepsConnectorAndLabel() throws Exception {
        Connecting.to(SERVICENOW, null);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(property("test", "linux && dmz"));

        jenkins.configRoundtrip(job);

        jenkins.assertEqualDataBoundBeans(
                property("test", "linux && dmz"), job.getProperty(ServiceNowJobProperty.class));
    }

    @Test
    void stepsWithoutTheirOwnTakeConnectorAndLabelOfTheJob() throws Exception {
        Connector first = Connecting.to(SERVICENOW, "dmz || lan");
        Connector second = new Connector("Other", "https://other.example.com", first.getAuthentication());
        second.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(first, second));
        jenkins.createOnlineSlave(new LabelAtom("dmz"));
        String wanted = jenkins.createOnlineSlave(new LabelAtom("lan")).getNodeName();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.addProperty(property("test", "lan"));
        job.setDefinition(new CpsFlowDefinition(
                "serviceNowCreate ticketType: 'incident', shortDescription: 'x'\n"
                        + "try { serviceNowCreate ticketType: 'incident', shortDescription: 'x', agentLabel: 'nowhere', timeout: '1s' }\n"
                        + "catch (e) { echo \"label: ${e.message}\" }",
                true));

        var build = jenkins.buildAndAssertSuccess(job);

        assertThat(SERVICENOW.tables().rows("incident")).hasSize(1);
        jenkins.assertLogContains("No node has the label '(dmz || lan) && (nowhere)'", build);
        assertThat(wanted).isNotEmpty();
    }

    private static ServiceNowJobProperty property(String connector, String label) {
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setConnector(connector);
        property.setAgentLabel(label);
        return property;
    }
}
