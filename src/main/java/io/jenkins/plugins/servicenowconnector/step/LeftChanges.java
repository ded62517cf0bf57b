package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.agent.CallThreads;
import io.jenkins.plugins.servicenowconnector.connector.ConnectorLane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;

/**
 * The changes of one build that are still to be canceled, because their deployment is not run, and those that could not be.
 *
 * <p>They are stored with the build, so that a restart of Jenkins leaves no orphan with the approvers; its page says what is in
 * the way.
 */
public final class LeftChanges extends InvisibleAction implements RunAction2, UnfinishedBuilds.Unfinished {

    private static final Logger LOGGER = Logger.getLogger(LeftChanges.class.getName());

    /** A build that is loaded with Jenkins goes on when Jenkins has had time to start. */
    private static final long SETTLED_SECONDS = 5;

    /** Another list with each change: somebody may be storing this one. */
    private List<LeftChange> changes = new ArrayList<>();

    private transient volatile Run<?, ?> run;

    private LeftChanges(Run<?, ?> run) {
        this.run = run;
    }

    /** Those of a build, none if there were none yet. */
    static LeftChanges of(Run<?, ?> run) {
        synchronized (LeftChanges.class) {
            LeftChanges known = run.getAction(LeftChanges.class);
            if (known != null) {
                return known;
            }
            LeftChanges added = new LeftChanges(run);
            run.addAction(added);
            return added;
        }
    }

    /** For views: what is in the way of those that are not canceled, a sentence for each. */
    public List<String> getTroubles() {
        return all().stream()
                .map(LeftChange::trouble)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    @Override
    public boolean isUnfinished() {
        return !all().stream().allMatch(LeftChange::isGivenUp);
    }

    private synchronized List<LeftChange> all() {
        return changes;
    }

    /** Takes one more, in memory only: without a call, and without the disk. */
    synchronized void add(LeftChange change) {
        List<LeftChange> more = new ArrayList<>(changes);
        more.add(change);
        changes = more;
    }

    /**
     * Sees to one, now and as often as needed; on a thread that may wait.
     *
     * @param console writes a line to the build's log, as long as that is open
     */
    void cancel(LeftChange change, Consumer<String> console) {
        save();
        new Canceling(run, this, change, console).attempt();
    }

    /** One is not left any more. */
    void done(LeftChange change) {
        synchronized (this) {
            List<LeftChange> less = new ArrayList<>(changes);
            less.remove(change);
            changes = less;
        }
        save();
    }

    /** Stores them with the build, unless that was deleted. */
    void save() {
        if (!run.getRootDir().isDirectory()) {
            return;
        }
        try {
            run.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "what is left to be done for " + run + " could not be stored");
        }
        UnfinishedBuilds.note(run);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
        for (LeftChange change : all()) {
            if (!change.isGivenUp()) {
                CallThreads.get()
                        .runLater(
                                ConnectorLane.LEFT.of(change.target().connector(), owner.getParent()),
                                new Canceling(owner, this, change, line -> {})::attempt,
                                SETTLED_SECONDS,
                                TimeUnit.SECONDS);
            }
        }
    }
}
