package io.jenkins.plugins.servicenowconnector.job;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import io.jenkins.plugins.servicenowconnector.connector.DefaultField;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.freestyle.ApprovalBuilder;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowApprovalStep;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The examples of docs/jobs.md do what the page says, and its tables name every parameter. */
@WithJenkins
class JobsInDocsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Pattern GROOVY = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyExampleRunsAsItStands(JenkinsRule jenkins) throws Exception {
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
        List<String> examples =
                GROOVY.matcher(page()).results().map(match -> match.group(1)).toList();
        for (String example : examples) {
            if (example.startsWith("pipeline")) {
                WorkflowJob job = Pipelines.job(jenkins, "example-" + examples.indexOf(example), example);
                jenkins.buildAndAssertSuccess(job);
                // what a Jenkinsfile sets counts from the next build
                TicketParameterDefinition ticket = TicketParameterDefinition.of(job, "TICKET");
                jenkins.assertBuildStatusSuccess(
                        ticket == null
                                ? job.scheduleBuild2(0)
                                : job.scheduleBuild2(
                                        0, new ParametersAction(ticket.createValue(SampleInstance.CHANGE))));
            }
        }
        Row second =
                SERVICENOW.tables().first("incident", "number", "INC0010003").orElseThrow();
        assertThat(second.get("category")).isEqualTo("network");
        assertThat(second.get("urgency")).isEqualTo("2");
        WorkflowJob named = jenkins.jenkins.getItemByFullName("example-1", WorkflowJob.class);
        jenkins.assertLogContains("for CHG0030001, " + SERVICENOW.url(), named.getLastBuild());

        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(examples.stream()
                .filter(example -> example.startsWith("freeStyleJob"))
                .findFirst()
                .orElseThrow());
        seed.getBuildersList().add(dsl);
        jenkins.buildAndAssertSuccess(seed);
        FreeStyleProject job = jenkins.jenkins.getItemByFullName("release", FreeStyleProject.class);
        jenkins.assertEqualDataBoundBeans(property(), job.getProperty(ServiceNowJobProperty.class));
        jenkins.assertEqualDataBoundBeans(parameter(), TicketParameterDefinition.of(job, "TICKET"));
        ServiceNowApprovalStep step = new ServiceNowApprovalStep();
        step.setConnector("prod");
        step.setTicketNumber("${TICKET}");
        step.setTimeout("8h");
        jenkins.assertEqualDataBoundBeans(
                step, job.getBuildersList().get(ApprovalBuilder.class).getStep());

        assertThat(named("The job's section ServiceNow")).containsAll(parameters(ServiceNowJobProperty.class));
        assertThat(named("A ticket as build parameter"))
                .containsExactlyInAnyOrderElementsOf(parameters(TicketParameterDefinition.class));
    }

    private static ServiceNowJobProperty property() {
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setConnector("prod");
        property.setAgentLabel("dmz");
        property.setReportAtEnd(true);
        DefaultFields fields = new DefaultFields("change_request");
        fields.setFields(List.of(new DefaultField("category", "Software")));
        property.setDefaultFields(List.of(fields));
        return property;
    }

    private static TicketParameterDefinition parameter() {
        TicketParameterDefinition parameter = new TicketParameterDefinition("TICKET");
        parameter.setConnector("prod");
        parameter.setTicketType("change_request");
        parameter.setFilter("assignment_group.name=Network");
        parameter.setMustMatch("cmdb_ci.name = payments-prod");
        parameter.setDescription("The change that this deployment belongs to");
        return parameter;
    }

    private static List<String> parameters(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream()
                .map(each -> each.getName())
                .toList();
    }

    /** What the second column of a section's table has. */
    private static List<String> named(String heading) throws Exception {
        String page = page();
        int begin = page.indexOf("\n## " + heading + "\n");
        int end = page.indexOf("\n## ", begin + 1);
        return Pattern.compile("^\\|[^|]*\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(page.substring(begin, end))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String page() throws Exception {
        return Files.readString(Path.of(System.getProperty("tree"), "docs", "jobs.md"));
    }
}
