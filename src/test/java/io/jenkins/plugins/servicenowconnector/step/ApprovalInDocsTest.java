package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Column;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.simulator.table.Schema;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The examples of docs/approval.md run as they stand until they are through or wait for people, and its table is whole. */
@WithJenkins
class ApprovalInDocsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Pattern GROOVY = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyExampleRunsOrWaitsAndTheTableNamesEveryParameter(JenkinsRule jenkins) throws Exception {
        prepare();
        Gates.impatient(SampleInstance.connect(SERVICENOW));
        String page = Files.readString(Path.of(System.getProperty("tree"), "docs", "approval.md"));
        List<String> examples =
                GROOVY.matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(examples).hasSizeGreaterThan(15).allMatch(example -> example.contains("serviceNowApproval"));
        List<WorkflowRun> builds = new ArrayList<>();
        for (String example : examples) {
            builds.add(Pipelines.start(jenkins, "example-" + builds.size(), example));
        }
        for (WorkflowRun build : builds) {
            Awaitility.await().until(() -> !build.isBuilding() || isWaiting(build));
            if (build.isBuilding()) {
                build.doStop();
            } else {
                jenkins.assertBuildStatusSuccess(build);
            }
        }
        String table = page.substring(page.indexOf("## Parameters"), page.indexOf("Criteria are one map"));
        List<String> named = Pattern.compile("^\\| (`[^|]*) \\|", Pattern.MULTILINE)
                .matcher(table)
                .results()
                .flatMap(cell ->
                        Pattern.compile("`(\\w+)`").matcher(cell.group(1)).results())
                .map(match -> match.group(1))
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        DescribableModel.of(ServiceNowApprovalStep.class).getParameters().stream()
                                .map(each -> each.getName())
                                .toList());
    }

    private static boolean isWaiting(WorkflowRun build) throws Exception {
        String log = JenkinsRule.getLog(build);
        assertThat(log).doesNotContain("Cannot look now");
        return log.contains("  waiting: ");
    }

    /** What the page takes for granted beside the sample: states and fields of their own, a request, a release. */
    private static void prepare() {
        SampleInstance.prepare(SERVICENOW);
        Column cleared = Column.yesNo("u_cleared");
        SERVICENOW.tables().schema("change_request").orElseThrow().with(cleared);
        SERVICENOW.tables().seed("problem", Map.of());
        Row request = SERVICENOW.tables().seed("sc_request", Map.of("approval", "requested"));
        SERVICENOW.tables().seed("sc_req_item", Map.of("request", request.sysId()));
        SERVICENOW
                .tables()
                .declare(Schema.table("u_release")
                        .numbered("REL", 1001)
                        .with(Column.string("number", 40), Column.string("u_go_comment", 4000))
                        .with(Column.yesNo("u_go"), Column.dateTime("u_from"), Column.dateTime("u_until")));
        SERVICENOW
                .tables()
                .seed(
                        "u_release",
                        Map.of("u_from", "2020-01-01 00:00:00", "u_until", "2100-01-01 00:00:00", "u_go", "false"));
    }
}
