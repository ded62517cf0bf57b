package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The examples of docs/steps.md run as they stand, and its tables name every parameter. */
@WithJenkins
class StepsInDocsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Pattern GROOVY = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyExampleRunsAsItStands(JenkinsRule jenkins) throws Exception {
        SampleInstance.connect(SERVICENOW);
        List<String> examples =
                GROOVY.matcher(page()).results().map(match -> match.group(1)).toList();
        for (TicketStepDescriptor<?> step : ExtensionList.lookup(TicketStepDescriptor.class)) {
            assertThat(examples).anyMatch(example -> example.contains(step.getFunctionName()));
        }
        for (String example : examples) {
            SampleInstance.prepare(SERVICENOW);
            WorkflowRun build = Pipelines.start(jenkins, "example-" + examples.indexOf(example), example);
            jenkins.waitForCompletion(build);
            assertThat(build.getResult())
                    .as(example + JenkinsRule.getLog(build))
                    .hasToString("SUCCESS");
        }
    }

    @Test
    void tablesNameEveryParameterOfEveryStepAndNoOther(JenkinsRule jenkins) throws Exception {
        String shared = section("What all steps share");
        for (TicketStepDescriptor<?> step : ExtensionList.lookup(TicketStepDescriptor.class)) {
            List<String> parameters = DescribableModel.of(step.clazz).getParameters().stream()
                    .map(each -> each.getName())
                    .toList();
            String section = section(step.getFunctionName());
            List<String> named = Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE)
                    .matcher(section + shared)
                    .results()
                    .map(MatchResult::group)
                    .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
                    .map(match -> match.group(1))
                    .toList();
            assertThat(named).as(step.getFunctionName()).containsExactlyInAnyOrderElementsOf(parameters);
        }
    }

    private static String section(String heading) throws Exception {
        String page = page();
        int begin = page.indexOf("\n## " + heading + "\n");
        assertThat(begin).as(heading).isPositive();
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end);
    }

    private static String page() throws Exception {
        return Files.readString(Path.of(System.getProperty("tree"), "docs", "steps.md"));
    }
}
