package io.jenkins.plugins.servicenowconnector.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.connector.Connector;
import io.jenkins.plugins.servicenowconnector.freestyle.TicketBuilder;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.UnfinishedBuilds;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.io.File;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** At the end of a build its tickets are told how it went. */
@WithJenkins
class EndReportTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private static final Duration LONG = Duration.ofSeconds(40);

    private JenkinsRule jenkins;
    private Connector connector;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        connector = SampleInstance.connect(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void everyTicketThatWasCreatedOrWaitedForGetsOneNoteWhateverTheResult() throws Exception {
        WorkflowJob job = Pipelines.job(
                jenkins,
                "deploy",
                "pipeline {\n  agent none\n  options { serviceNow(reportAtEnd: true) }\n  stages { stage('Deploy') { steps {\n"
                        + "    serviceNowCreate ticketType: 'incident', shortDescription: 'x', workNote: false\n"
                        + "    serviceNowUpdate ticketNumber: 'CHG1', fields: [risk: 3], workNote: false\n"
                        + "    serviceNowApproval ticketNumber: '" + SampleInstance.CHANGE + "'\n"
                        + "    error 'it went wrong'\n  } } }\n}");

        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        EndReport report = report(build, 2);
        assertThat(report.getLines()).allMatch(line -> line.startsWith("Reported to "));
        for (String number : List.of("INC0010002", SampleInstance.CHANGE)) {
            assertThat(notes(number))
                    .as(number)
                    .singleElement()
                    .asString()
                    .contains("deploy #1 ended with FAILURE after ", "Deploy");
        }
        assertThat(notes("CHG1")).isEmpty();
        assertThat(jenkins.createWebClient().getPage(build).asNormalizedText())
                .contains("ServiceNow report at the end of the build", "Reported to " + SampleInstance.CHANGE);

        WorkflowJob none = Pipelines.job(jenkins, "none", "properties([serviceNow(reportAtEnd: true)])");
        assertThat(jenkins.buildAndAssertSuccess(none).getAction(EndReport.class))
                .isNull();
    }

    @Test
    void stepOfABuildThatStillRunsSaysHowItEndedOnlyIfItIsTold() throws Exception {
        String note = "serviceNowReport ticketNumber: 'CHG1'";

        assertThat(notes("scripted", "try { error 'it went wrong' } finally { " + note + " }"))
                .contains("Jenkins: scripted #1 has no result so far, after ")
                .doesNotContain("SUCCESS");
        assertThat(notes("declared", declared(note)))
                .contains("Jenkins: declared #1 has the result FAILURE so far, after ");
        assertThat(notes("told", declared(note + ", result: currentBuild.currentResult")))
                .contains("Jenkins: told #1 ended with FAILURE after ");
    }

    /** The note that a build leaves which fails. */
    private String notes(String job, String script) throws Exception {
        SampleInstance.prepare(SERVICENOW);
        jenkins.buildAndAssertStatus(Result.FAILURE, Pipelines.job(jenkins, job, script));
        return String.join("\n", notes("CHG1"));
    }

    private static String declared(String note) {
        return "pipeline {\n  agent none\n  stages { stage('Deploy') { steps { error 'it went wrong' } } }\n"
                + "  post { always { " + note + " } }\n}";
    }

    @Test
    void failureIsSaidOnTheBuildsPageAndChangesNothingElse() throws Exception {
        FreeStyleProject job = creating("refused");
        connector.getUse().setOperations(List.of("read", "create"));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(report(build, 1).getLines())
                .singleElement()
                .asString()
                .contains("does not allow the operation update");
        assertThat(build.getResult()).isEqualTo(Result.SUCCESS);
        assertThat(notes("INC0010002")).isEmpty();
    }

    @Test
    void reportThatJenkinsWentDownBeforeIsSentOnceAndNeverTwice() throws Exception {
        FreeStyleProject job = creating("restarted");
        job.removeProperty(ServiceNowJobProperty.class);
        FreeStyleBuild due = jenkins.buildAndAssertSuccess(job);
        due.addAction(new EndReport());
        due.save();
        UnfinishedBuilds.note(due);
        FreeStyleBuild begun = jenkins.buildAndAssertSuccess(job);
        begun.addAction(new EndReport());
        begun.getAction(EndReport.class).begin();
        job.renameTo("renamed");

        jenkins.jenkins.reload();
        ExtensionList.lookupSingleton(UnfinishedBuilds.class).onLoaded();

        await().atMost(LONG).until(() -> notes("INC0010002").size() == 1);
        Job<?, ?> again = jenkins.jenkins.getItemByFullName("renamed", Job.class);
        Run<?, ?> first = again.getBuildByNumber(1);
        // one that Jenkins went down before it was noted goes on when it is loaded
        Run<?, ?> second = again.getBuildByNumber(2);
        assertThat(report(first, 1).getLines().get(0)).startsWith("Reported to INC0010002");
        assertThat(notes("INC0010002")).hasSize(1);
        assertThat(report(second, 1).getLines().get(0)).contains("Jenkins went down", "is not sent again");
        assertThat(notes("INC0010003")).isEmpty();
        XmlFile left = new XmlFile(new File(jenkins.jenkins.getRootDir(), "servicenow-unfinished-builds.xml"));
        await().atMost(LONG).until(() -> !left.asString().contains("renamed"));
    }

    private FreeStyleProject creating(String name) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        ServiceNowJobProperty property = new ServiceNowJobProperty();
        property.setReportAtEnd(true);
        job.addProperty(property);
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setTicketType("incident");
        create.setShortDescription(name);
        create.setWorkNote(false);
        job.getBuildersList().addAll(List.of(new TicketBuilder(create), new MockBuilder(Result.SUCCESS)));
        return job;
    }

    private static EndReport report(Run<?, ?> build, int lines) {
        return await().atMost(LONG)
                .until(
                        () -> build.getAction(EndReport.class),
                        report -> report != null && report.getLines().size() == lines);
    }

    private static List<String> notes(String number) {
        return SERVICENOW.desk().task(number).journal().stream()
                .map(entry -> entry.text())
                .toList();
    }
}
