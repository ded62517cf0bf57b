package io.jenkins.plugins.servicenowconnector.job.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.StringParameterDefinition;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.servicenowconnector.connector.DefaultField;
import io.jenkins.plugins.servicenowconnector.connector.DefaultFields;
import io.jenkins.plugins.servicenowconnector.connector.folder.FolderConnectors;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGate;
import io.jenkins.plugins.servicenowconnector.job.folder.FolderGates;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.table.Row;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Pipelines;
import io.jenkins.plugins.servicenowconnector.view.BuildTicket;
import io.jenkins.plugins.servicenowconnector.view.BuildTickets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.awaitility.Awaitility;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A Pipeline that has passed its gate is not gated again, whatever it is made of; its next build is. */
class GatedPartsTest {

    private static final Simulator SERVICENOW = Simulator.start();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @AfterAll
    static void stop() {
        SERVICENOW.close();
    }

    @Test
    void partsOfAStartedPipelinePassAlsoAfterARestartAndTheNextBuildOfABranchDoesNot() throws Throwable {
        String change = GatedJobs.change(SERVICENOW);
        sessions.then(jenkins -> {
            Connecting.to(SERVICENOW, null);
            WorkflowJob job = Pipelines.job(jenkins, "deploy", """
                    node { echo 'first part' }
                    parallel eu: { node { echo 'eu is done' } },
                        us: { input 'Go on?'; node { echo 'us is done' } },
                        far: { node('far') { echo 'far is done' } }
                    node { echo 'last part' }
                    """);
            job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CHANGE", change)));
            GatedJobs.set(job, GatedJobs.byParameter());
            job.scheduleBuild2(0);
            GatedJobs.why(job, "state Assess");
            GatedJobs.approve(SERVICENOW, change);
            WorkflowRun build =
                    Awaitility.await().atMost(GatedJobs.LONG).until(job::getLastBuild, each -> each != null);
            jenkins.waitForMessage("eu is done", build);
            Awaitility.await().atMost(GatedJobs.LONG).until(() -> waitsForInput(build) && waitsForANode());
            // whoever looks from now on is refused
            GatedJobs.reject(SERVICENOW, change);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            WorkflowRun build = job.getLastBuild();
            jenkins.createOnlineSlave(new LabelAtom("far"));
            Awaitility.await().atMost(GatedJobs.LONG).until(() -> waitsForInput(build));
            build.getAction(InputAction.class).getExecutions().get(0).doProceedEmpty();

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            assertThat(JenkinsRule.getLog(build)).contains("us is done", "far is done", "last part");
            assertThat(build.getAction(BuildTickets.class).getTickets())
                    .singleElement()
                    .extracting(BuildTicket::getName, BuildTicket::getRole)
                    .containsExactly(change, BuildTicket.Role.GATE);
            assertThat(NotStartedBuilds.of(job)).isEmpty();

            branchIsGatedByItsFolderWhateverItsJenkinsfileSays(jenkins);
        });
    }

    private static boolean waitsForInput(WorkflowRun build) throws Exception {
        InputAction input = build.getAction(InputAction.class);
        return input != null && input.isWaitingForInput();
    }

    private static boolean waitsForANode() {
        return Arrays.stream(Queue.getInstance().getItems())
                .anyMatch(item -> !(item.task instanceof Job) && item.getAction(GateTicket.class) == null);
    }

    private static void branchIsGatedByItsFolderWhateverItsJenkinsfileSays(JenkinsRule jenkins) throws Exception {
        Connecting.twice(SERVICENOW, null);
        Folder team = jenkins.createProject(Folder.class, "team");
        ApprovalGate gate = GateCreationTest.creating(SERVICENOW);
        gate.setCreateForTriggers(true);
        FolderGates gates = new FolderGates();
        gates.setGates(List.of(new FolderGate(gate)));
        team.addProperty(gates);
        set(team, "later", "category", "hardware", "urgency", "2", "impact", "2");
        WorkflowMultiBranchProject app = team.createProject(WorkflowMultiBranchProject.class, "app");
        set(app, "test", "urgency", "3", "impact", "3");
        app.getSourcesList()
                .add(new BranchSource(
                        new SingleSCMSource("main", new SingleFileSCM("Jenkinsfile", """
                properties([serviceNow(gate: [ticketParameter: 'NONE'],
                    defaultFields: [[ticketType: 'incident', fields: [[name: 'impact', value: '1']]]])])
                serviceNowCreate ticketType: 'incident', shortDescription: 'of a branch'
                """.getBytes(UTF_8)))));
        app.scheduleBuild2(0).getFuture().get();
        WorkflowJob main = app.getItem("main");

        WorkflowRun build = passes(jenkins, main);

        assertThat(build.getAction(BuildTickets.class).getTickets())
                .extracting(BuildTicket::getRole, BuildTicket::getConnector)
                .as("the gate asks where its folder says, a step where the nearest says")
                .containsExactly(
                        tuple(BuildTicket.Role.GATE, "global:later"), tuple(BuildTicket.Role.CREATED, "global:test"));
        Row incident = SERVICENOW
                .tables()
                .first("incident", "short_description", "of a branch")
                .orElseThrow();
        assertThat(List.of(incident.get("category"), incident.get("urgency"), incident.get("impact")))
                .containsExactly("hardware", "3", "1");
        main.scheduleBuild2(0);
        comesToTheGate(main, 2);
        Queue.getInstance().clear();
    }

    /** The change that is made at the folder's gate for a build that does not start before. */
    private static Row comesToTheGate(WorkflowJob job, int number) {
        GatedJobs.why(job, "state Assess");
        assertThat(job.getBuilds()).hasSize(number - 1);
        List<Row> made = SERVICENOW.tables().rows("change_request").stream()
                .filter(row -> row.get("short_description").endsWith(" of team/app/main"))
                .toList();
        assertThat(made).hasSize(number);
        return made.get(number - 1);
    }

    private static WorkflowRun passes(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        Row change = comesToTheGate(job, 1);
        SERVICENOW.settle();
        SERVICENOW.desk().approveAll(change.number());
        GatedJobs.look();
        WorkflowRun build = Awaitility.await().atMost(GatedJobs.LONG).until(job::getLastBuild, each -> each != null);
        return jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
    }

    private static void set(AbstractFolder<?> folder, String connector, String... values) throws Exception {
        List<DefaultField> all = new ArrayList<>();
        for (int i = 0; i < values.length; i += 2) {
            all.add(new DefaultField(values[i], values[i + 1]));
        }
        DefaultFields fields = new DefaultFields("incident");
        fields.setFields(all);
        FolderConnectors property = new FolderConnectors();
        property.setDefaultConnector(connector);
        property.setDefaultFields(List.of(fields));
        folder.addProperty(property);
    }
}
