package io.jenkins.plugins.servicenowconnector.job.gate;

import hudson.model.Queue;
import io.jenkins.plugins.servicenowconnector.step.BuildStarter;
import java.util.List;
import java.util.function.Supplier;

/** Who asks for the build of one item: more may come as long as it waits, because Jenkins makes one item of equal requests. */
final class Starters implements Supplier<List<String>> {

    private final long item;

    /** What was answered last; null if nobody has asked. */
    private volatile List<String> last;

    /** @param item the queue's own number of the item */
    Starters(long item) {
        this.item = item;
    }

    /** What they are called; empty for nobody in particular. */
    @Override
    public List<String> get() {
        Queue.Item now = Queue.getInstance().getItem(item);
        List<String> names = now == null ? List.of() : BuildStarter.of(now.getCauses());
        last = names;
        return names;
    }

    /** Whether others have come since somebody asked; no if nobody has. Answers from memory. */
    boolean haveChanged(Queue.Item now) {
        List<String> known = last;
        return known != null && !known.equals(BuildStarter.of(now.getCauses()));
    }
}
