package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.engine.ticket.update.DeploymentReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.BodyInvocationAction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.actions.TimingAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;

/** The stages of a Pipeline run, in the order in which they began; none for other runs. */
final class PipelineStages {

    private PipelineStages() {}

    static List<DeploymentReport.Stage> of(Run<?, ?> run) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        FlowExecution execution = owner == null ? null : owner.getOrNull();
        List<DeploymentReport.Stage> stages = new ArrayList<>();
        if (execution != null) {
            for (FlowNode node : new DepthFirstScanner().allNodes(execution)) {
                if (node instanceof BlockStartNode start && isStage(start)) {
                    stages.add(stage(start));
                }
            }
        }
        // the scanner goes from the end to the beginning
        Collections.reverse(stages);
        return stages;
    }

    private static boolean isStage(BlockStartNode node) {
        return node.getAction(BodyInvocationAction.class) != null
                && node.getAction(LabelAction.class) != null
                && node.getAction(ThreadNameAction.class) == null;
    }

    private static DeploymentReport.Stage stage(BlockStartNode start) {
        BlockEndNode<?> end = start.getEndNode();
        LabelAction label = start.getAction(LabelAction.class);
        long begun = TimingAction.getStartTime(start);
        long ended = end == null ? Instant.now().toEpochMilli() : TimingAction.getStartTime(end);
        return new DeploymentReport.Stage(
                label == null ? "" : label.getDisplayName(),
                result(start, end),
                Duration.ofMillis(Math.max(ended - begun, 0)));
    }

    private static String result(BlockStartNode start, BlockEndNode<?> end) {
        if (end == null) {
            return "running";
        }
        if (end.getAction(ErrorAction.class) != null) {
            return "failed";
        }
        boolean isWarned = !new DepthFirstScanner()
                .filteredNodes(
                        List.of(end), List.of(start), node -> node.getPersistentAction(WarningAction.class) != null)
                .isEmpty();
        return isWarned ? "unstable" : "succeeded";
    }
}
