package io.jenkins.plugins.servicenowconnector.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.servicenowconnector.connector.BasicKind;
import io.jenkins.plugins.servicenowconnector.connector.Connectors;
import io.jenkins.plugins.servicenowconnector.connector.FoundConnector;
import io.jenkins.plugins.servicenowconnector.job.ServiceNowJobProperty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Job DSL sample of docs/connectors.md is run as it stands. */
@WithJenkins
class FoldersInDocsTest {

    private static final Pattern GROOVY = Pattern.compile("```groovy\n(folder\\(.*?)```", Pattern.DOTALL);

    @Test
    void sampleMakesAFolderWithItsConnectorAndAJobThatUsesIt(JenkinsRule jenkins) throws Exception {
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts script = new ExecuteDslScripts();
        script.setScriptText(sample());
        seed.getBuildersList().add(script);

        // a second time, over what the first has made
        for (int run = 0; run < 2; run++) {
            jenkins.buildAndAssertSuccess(seed);
            assertEverythingIsThere(jenkins);
        }

        jenkins.jenkins.reload();
        assertEverythingIsThere(jenkins);
        Folder folder = folder(jenkins);
        FolderConnectors before = folder.getProperties().get(FolderConnectors.class);
        jenkins.configRoundtrip(folder);
        jenkins.assertEqualDataBoundBeans(before, folder.getProperties().get(FolderConnectors.class));
    }

    private static void assertEverythingIsThere(JenkinsRule jenkins) throws Exception {
        FolderConnectors property = folder(jenkins).getProperties().get(FolderConnectors.class);
        assertThat(property.getDefaultConnector()).isEqualTo("team-a-prod");
        assertThat(property.getConnectors()).singleElement().satisfies(connector -> {
            assertThat(connector.getId()).isEqualTo("team-a-prod");
            assertThat(connector.getName()).isEqualTo("Production of team A");
            assertThat(connector.getUrl()).isEqualTo("https://example.service-now.com");
            assertThat(connector.getAgentLabel()).isEqualTo("dmz");
            assertThat(connector.getAuthentication())
                    .isInstanceOfSatisfying(
                            BasicKind.class,
                            kind -> assertThat(kind.getCredentialsId()).isEqualTo("team-a-account"));
        });
        WorkflowJob job = jenkins.jenkins.getItemByFullName("team-a/deploy", WorkflowJob.class);
        ServiceNowJobProperty own = job.getProperty(ServiceNowJobProperty.class);
        assertThat(own.getConnector()).isEqualTo("team-a-prod");
        assertThat(own.getAgentLabel()).isEqualTo("linux");
        FoundConnector found = Connectors.find("", (Item) job);
        assertThat(found.name()).isEqualTo("Production of team A");
        assertThat(found.home().path()).isEqualTo("team-a");
    }

    private static Folder folder(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("team-a", Folder.class);
    }

    private static String sample() throws Exception {
        Matcher matcher =
                GROOVY.matcher(Files.readString(Path.of(System.getProperty("tree"), "docs", "connectors.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
