package io.jenkins.plugins.servicenowconnector.step;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.servicenowconnector.agent.CallLane;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The builds for which something is still to be done: they are loaded when Jenkins starts, so that they go on with it.
 *
 * <p>Jenkins itself loads a build that is over only when somebody looks at it.
 */
@Extension
public final class UnfinishedBuilds extends ItemListener {

    private static final Logger LOGGER = Logger.getLogger(UnfinishedBuilds.class.getName());

    /** Who loads makes no call; what goes on has threads of its own. */
    private static final CallLane LOADING = new CallLane("unfinished builds", 1);

    /** What of a build goes on when the build is loaded, and may be left to be done when Jenkins goes down. */
    public interface Unfinished extends Action {
        /** Whether anything is left to be done. */
        boolean isUnfinished();
    }

    /** Notes on disk whether anything is left to be done for a build. */
    public static void note(Run<?, ?> run) {
        boolean isUnfinished = isUnfinished(run);
        change(ids -> isUnfinished ? ids.add(run.getExternalizableId()) : ids.remove(run.getExternalizableId()));
    }

    private static boolean isUnfinished(Run<?, ?> run) {
        return run.getActions(Unfinished.class).stream().anyMatch(Unfinished::isUnfinished);
    }

    /** Loads them once, when jobs are there. */
    @Override
    public void onLoaded() {
        CallThreads.get().run(LOADING, UnfinishedBuilds::load);
    }

    private static void load() {
        for (String id : read()) {
            Run<?, ?> run = Run.fromExternalizableId(id);
            if (run == null || !isUnfinished(run)) {
                // deleted, or Jenkins went down before this was noted
                change(ids -> ids.remove(id));
            }
        }
    }

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        String old = oldFullName + "#";
        change(ids -> {
            Set<String> moved = new TreeSet<>(ids);
            moved.removeIf(id -> !id.startsWith(old));
            moved.forEach(id -> ids.add(newFullName + "#" + id.substring(old.length())));
            return ids.removeAll(moved);
        });
    }

    private static void change(Predicate<Set<String>> change) {
        synchronized (UnfinishedBuilds.class) {
            Set<String> ids = read();
            if (!change.test(ids)) {
                return;
            }
            try {
                file().write(ids);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, e, () -> file() + " cannot be written");
            }
        }
    }

    private static Set<String> read() {
        synchronized (UnfinishedBuilds.class) {
            XmlFile file = file();
            Set<String> ids = new TreeSet<>();
            try {
                if (file.exists()) {
                    ((Set<?>) file.read()).forEach(id -> ids.add(id.toString()));
                }
            } catch (IOException | ClassCastException e) {
                LOGGER.log(Level.WARNING, e, () -> file + " cannot be read");
            }
            return ids;
        }
    }

    private static XmlFile file() {
        return new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), "servicenow-unfinished-builds.xml"));
    }
}
