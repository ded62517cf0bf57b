package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Result;
import hudson.model.Run;
import hudson.scm.ChangeLogSet;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.DeploymentReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.scm.RunWithSCM;

/** Reads from a run what its ticket is told: result, duration, address, changes since the last success, stages. */
final class BuildReport {

    /** Older runs are not loaded for a note in which their changes would have no room. */
    private static final int MOST_RUNS = 20;

    private BuildReport() {}

    /**
     * The report of a run as it stands now.
     *
     * @param result what came of it; null for the run's own result, which is none or may change as long as it runs
     */
    static DeploymentReport of(Run<?, ?> run, String result) {
        Result own = run.getResult();
        String root = Jenkins.get().getRootUrl();
        Instant begun = Instant.ofEpochMilli(run.getStartTimeInMillis());
        Duration duration =
                run.isBuilding() ? Duration.between(begun, Instant.now()) : Duration.ofMillis(run.getDuration());
        return new DeploymentReport(
                run.getFullDisplayName(),
                root == null ? null : root + run.getUrl(),
                result != null || own == null ? result : own.toString(),
                // a body that has failed leaves a Pipeline without a result until it is at its end
                result != null || own != null && !run.isBuilding(),
                duration,
                changes(run),
                PipelineStages.of(run));
    }

    private static List<DeploymentReport.Change> changes(Run<?, ?> run) {
        List<DeploymentReport.Change> changes = new ArrayList<>();
        Run<?, ?> each = run;
        for (int count = 0; each != null && count < MOST_RUNS; count++) {
            if (each != run && each.getResult() == Result.SUCCESS) {
                break;
            }
            addChanges(each, changes);
            each = each.getPreviousBuild();
        }
        return changes;
    }

    private static void addChanges(Run<?, ?> run, List<DeploymentReport.Change> changes) {
        if (run instanceof RunWithSCM<?, ?> with) {
            for (ChangeLogSet<? extends ChangeLogSet.Entry> set : with.getChangeSets()) {
                for (ChangeLogSet.Entry entry : set) {
                    String id = entry.getCommitId() == null ? "" : entry.getCommitId();
                    changes.add(
                            new DeploymentReport.Change(id, entry.getAuthor().getDisplayName(), entry.getMsg()));
                }
            }
        }
    }
}
