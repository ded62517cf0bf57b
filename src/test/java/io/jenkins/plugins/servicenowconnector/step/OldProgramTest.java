package io.jenkins.plugins.servicenowconnector.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.testing.Connecting;
import io.jenkins.plugins.servicenowconnector.testing.Gates;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * That a build which the first version left on disk goes on with this one: no persisted class may lose its name, and what is
 * new must do without what old builds do not have.
 *
 * <p>{@code old-program.zip} was made on 25 November 2026 by the sources before the commit that added it. A build of the job
 * {@code deploy} ran this Pipeline, with {@code test} and {@code later} connected to the simulator, {@code later} by an agent
 * label that no node had:
 *
 * <pre>
 * serviceNowCreate connector: 'test', ticketType: 'incident', shortDescription: 'before', fields: [urgency: 1]
 * parallel gate: {
 *   def ok = serviceNowApproval connector: 'test', ticketNumber: 'CHG0040001', retryInterval: '1d', timeout: '1d',
 *       approvalCriteria: [match: 'all', conditions: [[field: 'state.value', operator: 'in', value: [-2, -1]],
 *                                                     [field: 'approval', value: 'approved']]],
 *       rejectionCriteria: [expression: 'ticket.state.value == "4"'],
 *       mustMatch: [conditions: [[field: 'short_description', value: 'Payments']]],
 *       changeWindow: [start: 'start_date'], onConflict: 'approve', onSentBack: 'reject', onWindowMissed: 'wait'
 *   echo "approved ${ok.number}"
 * }, create: {
 *   def inc = serviceNowCreate connector: 'later', ticketType: 'incident', shortDescription: 'after', timeout: '1d'
 *   echo "created ${inc.fields.short_description.value}"
 * }
 * </pre>
 *
 * When both branches waited, the approval after its first look, Jenkins was shut down. Of its home were packed: the job with
 * its build but for the log's index, and the list of programs that are to be resumed.
 */
class OldProgramTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final Simulator servicenow = Simulator.start();

    @AfterEach
    void stop() {
        servicenow.close();
    }

    @Test
    void aBuildOfTheFirstVersionGoesOn() throws Throwable {
        sessions.then(jenkins -> Connecting.twice(servicenow, null));
        unpack(sessions.getHome().toPath());
        Gates.open(servicenow, "CHG0040001").set("start_date", "2020-01-01 00:00:00");
        Gates.approve(servicenow, "CHG0040001");

        sessions.then(jenkins -> {
            WorkflowRun build = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("approved CHG0040001", build);
            jenkins.assertLogContains("created after", build);
        });

        assertThat(servicenow.tables().rows("incident"))
                .extracting(row -> row.get("short_description"))
                .containsExactly("after");
    }

    private static void unpack(Path home) throws Exception {
        try (InputStream file = OldProgramTest.class.getResourceAsStream("old-program.zip");
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = home.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(path.getParent());
                    Files.copy(zip, path);
                }
            }
        }
    }
}
