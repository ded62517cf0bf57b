package io.jenkins.plugins.servicenowconnector.step;

import io.jenkins.plugins.servicenowconnector.engine.ticket.once.StepKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.BodyInvocationAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.BlockEndNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * Reads from the graph of a Pipeline where a step stands in its program.
 *
 * <p>A block is a node of its step with a node for its body inside. The step of {@code retry} or {@code waitUntil} has one body
 * for each attempt; as only the step counts, all attempts are the same place.
 */
final class StepPlace {

    private StepPlace() {}

    /** The place of a step; reads nodes from disk where they are not in memory, so not for Pipeline's thread. */
    static StepKey of(FlowNode step) {
        List<BlockStartNode> around = new ArrayList<>(step.getEnclosingBlocks());
        Collections.reverse(around);
        StepKey key = StepKey.OUTERMOST;
        for (int i = 0; i < around.size(); i++) {
            BlockStartNode block = around.get(i);
            if (isBody(block)) {
                ThreadNameAction branch = block.getAction(ThreadNameAction.class);
                key = branch == null ? key : key.in(branch.getThreadName(), 0);
            } else if (block instanceof StepNode) {
                BlockStartNode body = i + 1 < around.size() ? around.get(i + 1) : null;
                String name = name(block, body);
                key = key.in(name, earlier(block, name));
            }
        }
        return key.at(earlier(step, name(step, null)));
    }

    /** How many steps or blocks of that name came before in the same body. */
    private static int earlier(FlowNode node, String name) {
        int count = 0;
        String limit = node.getEnclosingId();
        FlowNode each = before(node);
        while (each != null && !each.getId().equals(limit)) {
            FlowNode start = each;
            BlockStartNode body = null;
            if (each instanceof BlockEndNode<?> end) {
                start = end.getStartNode();
                body = before(end) instanceof BlockEndNode<?> inner ? inner.getStartNode() : null;
            }
            if (name.equals(name(start, body))) {
                count++;
            }
            each = before(start);
        }
        return count;
    }

    private static FlowNode before(FlowNode node) {
        return node.getParents().isEmpty() ? null : node.getParents().get(0);
    }

    /** What a block is called: as its body, such as a stage, else as its step. */
    private static String name(FlowNode node, BlockStartNode body) {
        LabelAction label = body == null || !isBody(body) ? null : body.getAction(LabelAction.class);
        if (label != null && body.getAction(ThreadNameAction.class) == null) {
            return label.getDisplayName();
        }
        StepDescriptor descriptor = node instanceof StepNode step ? step.getDescriptor() : null;
        return descriptor == null ? "" : descriptor.getFunctionName();
    }

    private static boolean isBody(FlowNode node) {
        return node.getAction(BodyInvocationAction.class) != null;
    }
}
