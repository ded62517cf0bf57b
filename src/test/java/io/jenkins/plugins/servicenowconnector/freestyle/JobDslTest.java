package io.jenkins.plugins.servicenowconnector.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowImportSetStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowReportStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The sample of docs/freestyle.md makes the job that it shows. */
@WithJenkins
class JobDslTest {

    private static final Pattern GROOVY = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);

    @Test
    void sampleMakesAJobWithFieldsAsRows(JenkinsRule jenkins) throws Exception {
        Matcher sample = GROOVY.matcher(Files.readString(Path.of(System.getProperty("tree"), "docs", "freestyle.md")));
        assertThat(sample.find()).isTrue();
        FreeStyleProject seed = jenkins.createFreeStyleProject();
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(sample.group(1));
        seed.getBuildersList().add(dsl);

        jenkins.buildAndAssertSuccess(seed);

        FreeStyleProject job = jenkins.jenkins.getItemByFullName("deploy", FreeStyleProject.class);
        ServiceNowCreateStep expected = new ServiceNowCreateStep();
        expected.setConnector("prod");
        expected.setShortDescription("Deploy ${BUILD_TAG}");
        expected.setRequestApproval(true);
        expected.setFields(Map.of("risk", "3"));
        expected.setNames(Map.of("assignment_group", "Network", "watch_list", List.of("Abel Tuter", "Beth Anglin")));
        jenkins.assertEqualDataBoundBeans(
                expected, job.getBuildersList().get(TicketBuilder.class).getStep());
        ServiceNowImportSetStep rows = new ServiceNowImportSetStep();
        rows.setConnector("prod");
        rows.setStagingTable("u_builds");
        rows.setRow(Map.of("u_name", "${JOB_NAME}"));
        jenkins.assertEqualDataBoundBeans(
                rows, job.getBuildersList().getAll(TicketBuilder.class).get(1).getStep());
        TicketPublisher report = job.getPublishersList().get(TicketPublisher.class);
        assertThat(report.getWhen()).isEqualTo("NOT_SUCCESS");
        assertThat(report.getStep()).isInstanceOf(ServiceNowReportStep.class);
    }
}
