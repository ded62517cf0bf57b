package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.LogRecord;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** That a Jenkins without the folders and mailer plugins, a process of its own, starts with this plugin and uses connectors. */
class WithoutFoldersTest {

    private static final String OF_FOLDERS = "com.cloudbees.hudson.plugins.folder.AbstractFolder";

    /** Left out: the folders and mailer plugins, and those among the tests' plugins that demand it. */
    @RegisterExtension
    private final RealJenkinsExtension real = new RealJenkinsExtension()
            .omitPlugins(
                    "branch-api",
                    "cloudbees-folder",
                    "job-dsl",
                    "mailer",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "workflow-basic-steps",
                    "workflow-multibranch");

    @Test
    void everythingButFoldersWorks() throws Throwable {
        try (Simulator servicenow = Simulator.start()) {
            real.startJenkins();

            real.runRemotely(WithoutFoldersTest::useConnector, servicenow.url().toString());

            assertThat(servicenow.tables().rows("change_request"))
                    .anySatisfy(change ->
                            assertThat(change.get("short_description")).isEqualTo("without folders"));
        }
    }

    private static void useConnector(JenkinsRule jenkins, String url) throws Exception {
        assertThatThrownBy(() -> Jenkins.get().pluginManager.uberClassLoader.loadClass(OF_FOLDERS))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(Jenkins.get().pluginManager.getFailedPlugins()).isEmpty();
        assertThat(Jenkins.get().pluginManager.getPlugin("servicenow-connector").isActive())
                .isTrue();
        assertThat(ExtensionList.lookup(ConnectorSource.class)).isEmpty();
        Connecting.credentials(Simulator.PASSWORD);
        Connector connector = new Connector("Production", url, new BasicKind(Connecting.CREDENTIALS));
        connector.setId("prod");
        connector.setSkipValidation(true);
        ServiceNowConnectors.get().setConnectors(List.of(connector));

        assertThat(Connectors.find("prod", (Item) null).name()).isEqualTo("Production");
        WorkflowRun build = jenkins.buildAndAssertSuccess(
                Pipelines.job(jenkins, "deploy", "serviceNowCreate shortDescription: 'without folders'"));
        jenkins.assertLogContains("Created CHG", build);
        for (String page : List.of("", "new/", "connector/prod/", "settings/")) {
            assertThat(jenkins.createWebClient()
                            .goTo("manage/servicenow-connectors/" + page)
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(200);
        }
        assertThat(Jenkins.logRecords)
                .isNotEmpty()
                .noneSatisfy(record -> assertThat(written(record))
                        .containsAnyOf("ClassNotFound", "NoClassDefFound", "cloudbees.hudson.plugins.folder"));
    }

    /** A line of Jenkins' log with what was thrown and why. */
    private static String written(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getMessage());
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
