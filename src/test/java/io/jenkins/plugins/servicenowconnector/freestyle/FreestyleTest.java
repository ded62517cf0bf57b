package io.jenkins.plugins.servicenowconnector.freestyle;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowAttachStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowCreateStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowGetStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowImportSetStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowReportStep;
import io.jenkins.plugins.servicenowconnector.step.ServiceNowUpdateStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStep;
import io.jenkins.plugins.servicenowconnector.step.TicketStepDescriptor;
import io.jenkins.plugins.servicenowconnector.testing.SampleInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockBuilder;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Build and post-build steps of freestyle jobs. */
@WithJenkins
class FreestyleTest {

    private static final Simulator SERVICENOW = Simulator.start();

    private JenkinsRule jenkins;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SampleInstance.prepare(SERVICENOW);
        SampleInstance.connect(SERVICENOW);
    }

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void formKeepsEveryKindOfStep() throws Exception {
        List<TicketStep> steps = List.of(create(), update(), get(), importSet(), attach(), report());
        assertThat(steps)
                .extracting(step -> (Object) step.getDescriptor())
                .containsExactlyInAnyOrderElementsOf(new ArrayList<Object>(TicketStepDescriptor.choices()));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        steps.forEach(step -> job.getBuildersList().add(new TicketBuilder(step)));
        TicketPublisher publisher = new TicketPublisher(update());
        publisher.setWhen("NOT_SUCCESS");
        job.getPublishersList().add(publisher);

        jenkins.configRoundtrip(job);

        List<TicketBuilder> built = job.getBuildersList().getAll(TicketBuilder.class);
        for (int i = 0; i < steps.size(); i++) {
            jenkins.assertEqualDataBoundBeans(steps.get(i), built.get(i).getStep());
        }
        TicketPublisher again = job.getPublishersList().get(TicketPublisher.class);
        jenkins.assertEqualDataBoundBeans(update(), again.getStep());
        assertThat(again.getWhen()).isEqualTo("NOT_SUCCESS");
    }

    @Test
    void variablesArePutInEverywhereAndTheTicketIsSeenByTheStepsThatFollow() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("VERSION", "4.2")));
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setTicketType("incident");
        create.setShortDescription("Deploy ${VERSION} in ${BUILD_TAG}, $UNKNOWN, $VERSION, $$VERSION");
        create.setFields(Map.of("description", "version ${VERSION}", "urgency", 2));
        ServiceNowUpdateStep update = new ServiceNowUpdateStep();
        update.setTicketType("incident");
        update.setTicketNumber("${SERVICENOW_TICKET_NUMBER}");
        update.setFields(Map.of("description", "was in state ${SERVICENOW_TICKET_STATE}"));
        String[] seen = new String[1];
        job.getBuildersList().addAll(List.of(new TicketBuilder(create), new Reader(seen), new TicketBuilder(update)));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        Row row = SERVICENOW.tables().first("incident", "number", "INC0010002").orElseThrow();
        assertThat(row.get("short_description")).isEqualTo("Deploy 4.2 in jenkins-deploy-1, $UNKNOWN, 4.2, $VERSION");
        assertThat(row.get("urgency")).isEqualTo("2");
        assertThat(row.get("description")).isEqualTo("was in state 1");
        assertThat(seen[0])
                .startsWith("INC0010002 " + row.sysId() + " " + SERVICENOW.url() + "/nav_to.do")
                .endsWith(row.sysId() + " 1");
        jenkins.assertLogContains("Created INC0010002 ", build);
    }

    @Test
    void postBuildStepsDependOnTheResult() throws Exception {
        for (Result result : List.of(Result.SUCCESS, Result.UNSTABLE, Result.FAILURE, Result.ABORTED)) {
            SampleInstance.prepare(SERVICENOW);
            FreeStyleProject job = jenkins.createFreeStyleProject("ends-" + result);
            job.getBuildersList().add(new MockBuilder(result));
            for (String when : List.of("ALWAYS", "SUCCESS", "UNSTABLE", "FAILURE", "ABORTED", "NOT_SUCCESS")) {
                ServiceNowUpdateStep note = new ServiceNowUpdateStep();
                note.setTicketNumber(SampleInstance.CHANGE);
                note.setWorkNote(false);
                note.setFields(Map.of("work_notes", when));
                TicketPublisher publisher = new TicketPublisher(note);
                publisher.setWhen(when);
                job.getPublishersList().add(publisher);
            }

            jenkins.assertBuildStatus(result, job.scheduleBuild2(0));

            assertThat(SERVICENOW.desk().task(SampleInstance.CHANGE).journal())
                    .extracting(entry -> entry.text())
                    .as("after " + result)
                    .containsExactlyElementsOf(
                            result == Result.SUCCESS
                                    ? List.of("ALWAYS", "SUCCESS")
                                    : List.of("ALWAYS", result.toString(), "NOT_SUCCESS"));
        }
    }

    @Test
    void whatIsToldAfterABuildNeedsNoAgentUnlessFilesAreSent() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("agent-dies");
        job.setAssignedNode(jenkins.createOnlineSlave());
        job.getBuildersList().add(new AgentEnd());
        ServiceNowCreateStep create = new ServiceNowCreateStep();
        create.setTicketType("incident");
        create.setShortDescription("${JOB_NAME} has failed");
        for (TicketStep step : List.of(create, report(), attach())) {
            TicketPublisher publisher = new TicketPublisher(step);
            publisher.setWhen("FAILURE");
            job.getPublishersList().add(publisher);
        }

        FreeStyleBuild build = job.scheduleBuild2(0).get();

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("no workspace for agent-dies #1", build);
        assertThat(SERVICENOW.tables().rows("incident"))
                .extracting(row -> row.get("short_description"))
                .contains("agent-dies has failed");
        assertThat(SERVICENOW.desk().task(SampleInstance.CHANGE).journal().toString())
                .contains("agent-dies #1", "FAILURE");
    }

    @Test
    void errorsAreOneLineAndTheReportTellsOfThem() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("fails");
        ServiceNowUpdateStep nobody = new ServiceNowUpdateStep();
        nobody.setTicketNumber("CHG9999999");
        nobody.setFields(Map.of("risk", "2"));
        TicketPublisher told = new TicketPublisher(report());
        told.setWhen("FAILURE");
        job.getBuildersList().addAll(List.of(new TicketBuilder(create()), new TicketBuilder(nobody)));
        job.getPublishersList().add(told);

        FreeStyleBuild build = job.scheduleBuild2(0).get();

        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("ERROR: ", build);
        jenkins.assertLogContains("CHG9999999", build);
        assertThat(JenkinsRule.getLog(build)).doesNotContain("\tat ", "Basic ", Simulator.PASSWORD, "Authorization");
        assertThat(SERVICENOW.desk().task(SampleInstance.CHANGE).journal().toString())
                .contains("fails #1", "FAILURE");
    }

    @Test
    void abortedBuildStopsWaitingAndSendsNothingMore() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("aborted");
        SampleInstance.connect(SERVICENOW).setAgentLabel("nowhere");
        ServiceNowCreateStep step = new ServiceNowCreateStep();
        step.setTicketType("incident");
        job.getBuildersList().add(new TicketBuilder(step));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Waiting for an agent: ", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        assertThat(SERVICENOW.requestCount()).isZero();
    }

    @Test
    void filesOfTheWorkspaceAreAttachedAndRowsAreImported() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("files");
        job.getBuildersList().add(new LogWriter());
        job.getBuildersList().add(new TicketBuilder(attach()));
        job.getBuildersList().add(new TicketBuilder(importSet()));
        job.getBuildersList().add(new TicketBuilder(get()));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(SERVICENOW.files()).extracting(file -> file.fileName()).containsExactly("build.log");
        assertThat(SERVICENOW.tables().rows("incident"))
                .extracting(row -> row.get("short_description"))
                .contains("a");
        jenkins.assertLogContains("Read 2 tickets of incident", build);
    }

    private static ServiceNowCreateStep create() {
        ServiceNowCreateStep step = new ServiceNowCreateStep();
        step.setFields(Map.of("risk", "3"));
        step.setNames(Map.of("assignment_group", "Network"));
        step.setAffectedItems(List.of("payments-prod", "web-prod-01"));
        step.setDeduplicate(false);
        return step;
    }

    private static ServiceNowUpdateStep update() {
        ServiceNowUpdateStep step = new ServiceNowUpdateStep();
        step.setTicketType("incident");
        step.setQuery("active=true^category=network");
        step.setLimit(3);
        step.setFields(Map.of("state", "6"));
        step.setWorkNote(false);
        return step;
    }

    private static ServiceNowGetStep get() {
        ServiceNowGetStep step = new ServiceNowGetStep();
        step.setTicketType("incident");
        step.setQuery("active=true");
        step.setFields(List.of("state", "assigned_to.name"));
        return step;
    }

    private static ServiceNowImportSetStep importSet() {
        ServiceNowImportSetStep step = new ServiceNowImportSetStep();
        step.setStagingTable("u_builds");
        step.setRow(Map.of("u_name", "a"));
        return step;
    }

    private static ServiceNowAttachStep attach() {
        ServiceNowAttachStep step = new ServiceNowAttachStep();
        step.setTicketNumber(SampleInstance.CHANGE);
        step.setFiles("*.log");
        return step;
    }

    private static ServiceNowReportStep report() {
        ServiceNowReportStep step = new ServiceNowReportStep();
        step.setTicketNumber(SampleInstance.CHANGE);
        return step;
    }

    /** Reads what other build steps get to see. */
    private static final class Reader extends TestBuilder {

        private final transient String[] seen;

        Reader(String[] seen) {
            this.seen = seen;
        }

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws IOException, InterruptedException {
            seen[0] = build.getEnvironment(listener)
                    .expand("${SERVICENOW_TICKET_NUMBER} ${SERVICENOW_TICKET_SYS_ID} ${SERVICENOW_TICKET_URL}"
                            + " ${SERVICENOW_TICKET_STATE}");
            return true;
        }
    }

    /** Takes the agent away in the middle of the build. */
    private static final class AgentEnd extends TestBuilder {

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws InterruptedException {
            try {
                build.getBuiltOn().toComputer().disconnect(null).get();
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
            return false;
        }
    }

    /** Leaves a file in the workspace. */
    private static final class LogWriter extends TestBuilder {

        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws IOException, InterruptedException {
            build.getWorkspace().child("build.log").write("ok", "UTF-8");
            return true;
        }
    }
}
