package io.jenkins.plugins.servicenowconnector.step;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Knows of which run another one is the continuation: a stage that is restarted is the same stage.
 *
 * <p>Declarative Pipelines come from another plugin, which a Jenkins need not have; what knows them stands in a package of its
 * own. A replayed or rebuilt run is a new one.
 */
public interface OriginRun extends ExtensionPoint {

    /** The run that this one continues; null if it continues none, or that one is gone. */
    Run<?, ?> before(Run<?, ?> run);

    /** The run, and after it those that it continues, back to the first of them. */
    static List<Run<?, ?>> line(Run<?, ?> run) {
        List<Run<?, ?>> line = new ArrayList<>();
        for (Run<?, ?> each = run; each != null; each = earlier(each)) {
            line.add(each);
        }
        return line;
    }

    private static Run<?, ?> earlier(Run<?, ?> run) {
        return ExtensionList.lookup(OriginRun.class).stream()
                .<Run<?, ?>>map(knowing -> knowing.before(run))
                .filter(Objects::nonNull)
                .filter(before -> before.getNumber() < run.getNumber())
                .findFirst()
                .orElse(null);
    }
}
